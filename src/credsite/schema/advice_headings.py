"""Headings under which a text says what an entry lacks in its front matter, in the languages that catalogues are written in.

Where a course has a heading "How you are assessed", it would be wrong to say that it does not tell how it is assessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from credsite.core.text import sort_key, unify_spelling

_WORDS: Final[Mapping[str, str]] = {
    "missing-assessment": (
        "assess, evaluat, exam, grading, graded, tested, évaluation, épreuve, contrôle des connaissances, prüfung, "
        "abschlussprüfung, leistungsnachweis, bewertung, beurteilung, evaluación, avaliação, valutazione, esame, verifica, "
        "toets, beoordeling, bedömning, vurdering, bedømmelse, eksamen, arviointi, ocena, egzamin, hodnocení, zkoušk, "
        "оцінюванн, оцінк, іспит, залік, оценк, оцениван, экзамен, зачет, аттестац, αξιολόγηση, değerlendirme, s\u0131nav, asesu, "
        "measúnú, تقييم, التقييم, הערכה, 考核, 评估, 評估, 考试, 考試, 評価, 試験, 평가, 시험"
    ),
    "missing-outcomes": (
        "outcome, what you learn, what you will learn, what you'll learn, what will you learn, you will be able, objective, "
        "competenc, skills you, objectif, compétences, acquis, ce que vous apprendrez, résultats d'apprentissage, lernziel, "
        "lernergebnis, was sie lernen, was du lernst, kompetenzen, resultados de aprend, objetivo, lo que aprender, "
        "competencias, o que vai aprender, obiettivi, risultati di apprendimento, cosa imparer, leerdoel, leeruitkomst, wat je leert, "
        "wat leer je, lärandemål, vad du lär, læringsutbytte, læringsmål, osaamistavoit, efekty uczenia, cele, výsledky učení, "
        "результати навчання, чого ви навчитес, чому ви навчитес, результаты обучения, чему вы науч, 学习成果, 学习目标, 學習成果, "
        "学習成果, 学べること, 학습 성과, 학습 목표"
    ),
    "missing-duration": (
        "duration, how long, length, durée, dauer, duración, duração, durata, duur, varaktighet, varighed, varighet, kesto, "
        "czas trwania, délka, тривалість, продолжительност, длительност, διάρκεια, süre, المدة, 期间, 期間, 时长, 기간"
    ),
    "missing-workload": (
        "workload, time commitment, hours, study time, how much time, charge de travail, volume horaire, temps de travail, "
        "arbeitsaufwand, zeitaufwand, lernaufwand, carga de trabajo, carga horaria, carga lectiva, carga de trabalho, "
        "carga horária, carico di lavoro, impegno, studielast, studiebelasting, tijdsbesteding, arbetsbelastning, arbejdsbyrde, "
        "työmäärä, nakład pracy, навантаження, скільки часу, нагрузк, трудоемкост, 学习时间, 学習時間, 학습 시간"
    ),
    "missing-price": (
        "price, cost, fee, tuition, prix, tarif, coût, frais, preis, kosten, gebühr, precio, coste, costo, tarifa, matrícula, "
        "preço, custo, propina, prezzo, quota, prijs, lesgeld, pris, kostnad, avgift, hinta, maksu, cena, opłata, ціна, вартість, "
        "цена, стоимост, τιμή, κόστος, ücret, fiyat, الرسوم, السعر, 价格, 费用, 費用, 学费, 料金, 비용, 가격, 수강료"
    ),
}
"""By the codes of advice, the beginnings of words of such headings."""

_MAX_LENGTH: Final = 300
"""Characters of a heading that are looked at. Some become twenty when their spelling is made the same."""


def has_heading_for(code: str, headings: Iterable[str]) -> bool:
    """Whether one of ``headings`` promises what the advice ``code`` asks for."""
    return code in _WORDS and any(
        _pattern(code).search(sort_key(unify_spelling(heading[:_MAX_LENGTH]))) for heading in headings
    )


@cache
def _pattern(code: str) -> re.Pattern[str]:
    words = (re.escape(sort_key(word)) for word in _WORDS[code].split(", "))
    # The scripts of China, Japan and Korea have no spaces between words.
    return re.compile(rf"(?:(?<!\w)|(?<=[\u3040-\u9fff\uac00-\ud7af]))(?:{'|'.join(words)})")
