# credsite in a container, for those who build in containers: docs/container.md says how to use it.

FROM python:3.13-slim-bookworm AS installed
WORKDIR /source
COPY requirements/site.txt requirements/
RUN python -m venv /opt/credsite \
  && /opt/credsite/bin/pip install --no-cache-dir --require-hashes --no-deps --requirement requirements/site.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY themes themes
RUN /opt/credsite/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
  && /opt/credsite/bin/python -m compileall -q /opt/credsite/lib

FROM python:3.13-slim-bookworm
# What `credsite publish` runs, and what knows when files were new. Debian keeps no old releases of packages to pin.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git openssh-client rsync \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 1000 --create-home credsite \
  && mkdir --mode=1777 /cache
COPY --from=installed /opt/credsite /opt/credsite
ENV PATH="/opt/credsite/bin:$PATH" XDG_CACHE_HOME="/cache/user" PYTHONDONTWRITEBYTECODE="1"
WORKDIR /site
USER 1000:1000
EXPOSE 8000
ENTRYPOINT ["credsite"]
CMD ["build"]
