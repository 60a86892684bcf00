"""What is known of the last build of a site, and of what the site is made from now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from credsite.build.cache import Cache
from credsite.build.input_digests import InputDigests, digest_inputs
from credsite.build.options import Options
from credsite.build.state_dir import load_source_digests, save_source_digests
from credsite.build.up_to_date import BuildState, UpToDate
from credsite.content.file_digests import FileDigests
from credsite.core.profiling import stage


@dataclass(frozen=True, slots=True)
class CheckedBuild:
    """The digests of all files of the site, and the state of the last build. None or empty where it is not known."""

    inputs: InputDigests | None = None
    state: BuildState | None = None
    file_digests: FileDigests | None = None

    @property
    def digest(self) -> str:
        """The digest of all that the site is made from, or ``""``."""
        return self.inputs.digest if self.inputs else ""

    @property
    def entry_digests(self) -> Mapping[str, str]:
        """The digests of Markdown files by path."""
        return self.inputs.sources if self.inputs else {}

    def up_to_date(self, now: datetime | None) -> UpToDate | None:
        """What the last build said, if a build at ``now`` would say and write the same."""
        if self.inputs is None or self.state is None:
            return None
        return self.state.up_to_date(self.inputs, now)


UNKNOWN: Final = CheckedBuild()


def check_last_build(options: Options, cache: Cache) -> CheckedBuild:
    """Read all files of the site, as far as they may have changed, and what the cache holds of the last build."""
    with stage("read"):
        file_digests = load_source_digests(options.root)
        inputs = digest_inputs(
            options.root, options.drafts, options.keep_going, options.base_url, file_digests
        )
        save_source_digests(file_digests, options.root)
        return CheckedBuild(inputs, BuildState(options.root, options.output_folder, cache), file_digests)
