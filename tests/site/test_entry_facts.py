"""Pages show every fact that their entries have. The site `good-whole` has every key of every model."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest

from credsite.build.analysis import analyse
from credsite.build.options import Options
from credsite.build.pipeline import write
from tests.support.paths import REPOSITORY

FACTS = {
    "courses/first-aid": """First aid|Two sentences. No more.|By Harbour College|developed with The County|Health|Online|Hybrid|
        On a schedule|Daytime, Evening, Weekend|3–7 days|30–40 hours of study|CA$1,495.50|Books included.|City grant|Introductory|
        EQF level 5|3 ECTS|English, Canadian French, Traditional Chinese|Put somebody in the recovery position|Bandaging|
        Resuscitation|Lectures, Labs|Practical test, Written examination|Digital badge|First aider|The ministry|2 years|A clear head|
        Hand washing|NOC 2021|32102|Paramedic|ISCED-F 2013|0912|February 1, 2027|February 7, 2027|January 18, 2027|
        Saturdays and Sundays|Not on|The Quay|Any pier|Room 3|With Ama Mensah|
        20|Childcare|A bus from the harbour|Quality assured by The county|October 1, 2026|ce-5f2a0c3e-8f3b-4d0e-9b62-3c1d7e8a9b10|FA-101|Part-time|
        Step 1 of 2: Begin|Care|Amina""",
    "courses/hand-washing": """Hand washing|Introductory, Intermediate|Clean hands|Industry certification|Recognised by|The guild|
        Diploma of hygiene|Diploma|0 ECTS, 1.5 CEU|
        CA$495.50|Tuition CA$400|Materials|Members CA$395|With a card.|Visitors from abroad €650|Exam €50|
        Ten clean fingers video.example""",
    "stories/amina": """Back at the bedside|Two sentences. No more.|Amina|Halifax|May 2026|New to the country|Cook|Carer|I am back.|
        The people|The early mornings|Health|Hybrid|First aid|Hand washing|It began in a kitchen.|The pathway in this story|Care|
        Provider Harbour College|Amina tells her story video.example""",
    "pathways/care": """Care|Two sentences. No more.|By Harbour College|Begin|Choose 1 of 2|Helper|Go on|First aid|Hand washing|
        Carer|Certificate|The County|Health|about 6–21 days|42–80 hours|CA$1,991–CA$2,991|Two steps.|Amina""",
    "places/quay": """The Quay|Where the ferries leave.|1 Quay Road|Halifax, Nova Scotia B3K 2T3|Canada|Ferry, or bus 7.|Step-free throughout.|
        Ask the ferryman.|Harbour College|First aid|February 1, 2027|1 course""",
    "providers/harbour-college": """Harbour College|Two sentences. No more.|College|Nova Scotia|Canada|Website|
        ask@college.example|The County|The ministry|Founded by the harbour.|2 courses|First aid|Hand washing|Care|Amina""",
}  # fmt: skip
LINKS = {
    "courses/first-aid": """/providers/harbour-college/ /providers/the-county/ /industries/health/ /delivery/online/
        /delivery/hybrid/ /places/quay/ /courses/hand-washing/ /pathways/care/ /stories/amina/ https://college.example/enrol/1
        https://college.example/enrol mailto:ask@college.example https://county.example/quality /about/ #the-end""",
    "stories/amina": """/pathways/care/ /providers/harbour-college/ /courses/first-aid/ /courses/hand-washing/
        /stories/background/newcomer/ /industries/health/ /delivery/hybrid/""",
    "pathways/care": "/courses/first-aid/ /courses/hand-washing/ /providers/harbour-college/ /providers/the-county/ /stories/amina/",
    "places/quay": "/courses/first-aid/ /providers/harbour-college/ https://www.openstreetmap.org/?mlat=44.6488&amp;mlon=-63.5752#map=17/44.6488/-63.5752",
    "providers/harbour-college": "/places/quay/ https://college.example/ mailto:ask@college.example /providers/the-county/ /pathways/care/",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("whole") / "public"
    source = REPOSITORY / "tests" / "sites" / "good-whole"
    options = Options(source, output, "https://example.org/", now=datetime(2026, 11, 23, 9), no_cache=True)
    write(analyse(options), options)
    return output


@pytest.mark.parametrize("path", FACTS)
def test_page_shows_every_fact(site: Path, path: str) -> None:
    main = read_main(site, path)
    text = " ".join(unescape(re.sub("<[^>]+>", " ", main)).split()).replace(" ,", ",")
    missing = [fact for written in FACTS[path].split("|") if (fact := " ".join(written.split())) not in text]
    assert not missing


@pytest.mark.parametrize("path", LINKS)
def test_page_leads_to_everything_that_it_names(site: Path, path: str) -> None:
    result = set(re.findall(r'href="([^"]+)"', read_main(site, path)))
    assert result.issuperset(LINKS[path].split())


@pytest.mark.parametrize("path", ["courses/first-aid", "stories/amina", "pathways/care"])
def test_page_shows_its_picture_with_its_description(site: Path, path: str) -> None:
    page = (site / path / "index.html").read_text(encoding="utf-8")
    assert 'alt="Two people with bandages"' in page


def read_main(site: Path, path: str) -> str:
    page = (site / path / "index.html").read_text(encoding="utf-8")
    return page.partition("<main")[2].partition("</main>")[0]
