"""The sentences from which texts of invented courses are built.

In braces are gaps: ``topic`` (in lower case), ``task`` (a verb and what it is done to), ``tool``, ``a_role`` (with its article),
``place``, ``provider``, ``number`` (a small one, in words), ``link`` (to a course), ``industry`` (a link), ``site`` (a link to
another site).
"""

from __future__ import annotations

from typing import Final

OPENINGS: Final = (
    "Most people come to {topic} because somebody at work said, “Could you take that over?”, and nobody showed them how.",
    "This course began when {provider} asked employers around {place} what new colleagues lacked, and heard the same "
    "answer {number} times.",
    "You learn {topic} with your hands, beside people who do it every day.",
    "There is a good way, a quick way and a dangerous way to begin with {topic}, and they are not always easy to tell "
    "apart.",
    "If you can already do a little of this, you will leave able to explain it; if you have never tried, you will leave "
    "able to do it.",
    "In {place}, {number} employers are looking for people who understand {topic} and turn up on time.",
    "Nobody is born knowing {topic}, and the people who teach it here remember that well.",
    "{A_role} needs *judgement* more than talent, and judgement can be practised.",
)

REASONS: Final = (
    "You will {task}, at first slowly and with help, and by the end without thinking about it.",
    "We keep groups small, so that every person is seen at work at least {number} times.",
    "The pace leaves room for questions, including the one that you believe everybody else knows the answer to.",
    "One of the tutors works as {a_role} during the week and teaches what happened on Monday.",
    "It draws on {tool}, and on the mistakes of everyone who has used it before you.",
    "By the second meeting you will {task}; by the last you will show somebody else how.",
    "The course belongs to a family of courses for {industry}, and counts towards a larger credential.",
    "You can take it on its own, or after {link}, which covers the ground beneath it.",
    "Half of the time is **practice**, a quarter is talk, and the rest is looking closely at what went wrong.",
    "What you make here is yours to keep and to show at an interview.",
    "Previous learners said that the hardest part was to begin, and the second hardest to stop.",
    "The handbook is short on purpose and is written in plain words.",
    "There is no shame in repeating a part: {number} in ten people do.",
    "Employers who helped to plan it promised nothing but an honest conversation, and they have kept that promise.",
)

WEEKLY: Final = (
    "**{label}: beginnings.** Names, tools and the one rule that everything else follows from. You {task}.",
    "**{label}: looking.** Before you touch anything you learn to see what is there, with {tool}.",
    "**{label}: doing.** You {task}, three times, with a different partner each time.",
    "**{label}: mistakes.** We hand you something broken and a quiet hour.",
    "**{label}: together.** In fours you {task}, and one of you only watches and takes notes.",
    "**{label}: under pressure.** The telephone rings, somebody is late, and you still have to {task}.",
    "**{label}: the workplace.** A morning with {a_role}, who has been asked to say what is tedious too.",
    "**{label}: explaining.** You teach one small thing to a person who missed it.",
    "**{label}: assessment.** Nothing new; only what you have practised, in front of somebody you do not know.",
)

ITEMS: Final = (
    "{task}, and say how you know that it worked",
    "keep notes that are of use to somebody else",
    "work with {tool} without supervision",
    "describe what {a_role} does on a *bad* day",
    "decide when to stop and ask",
    "name the {number} commonest mistakes and mend two of them",
    "{task} while somebody is watching",
    "plan a morning's work and finish it before lunch",
    "find the rule that applies, and the page where it stands",
    "compare two ways to {task}",
)

SUITS: Final = (
    "It suits people who like to check things twice.",
    "You need no certificate to join, only enough English, French or goodwill to follow a demonstration.",
    "Parents with children in school manage the daytime group well; those on shifts prefer the other one.",
    "If you are new here, bring what you have done elsewhere: it counts, and we will help to write it down.",
    "Former members of the forces often find the planning easy and the vagueness of customers hard.",
    "People who hope for a quick certificate are happier elsewhere, since nobody passes by being present.",
    "Should you be unsure, read the page of {link} first; it asks less and starts more often.",
    "Experience as {a_role} helps but is not required.",
    "A room to rest, a loop for hearing aids and a place to pray are on the same floor.",
    "You will get on well if you can say “I do not know yet” without blushing.",
)

BRING: Final = (
    "shoes that may get dirty",
    "something to write with, and something to write on",
    "a photograph of a place where you have worked",
    "reading glasses, if you own any",
    "an apron or an old shirt",
    "one question that nobody has answered for you so far",
    "your own lunch on the first day; there is a kitchen",
    "a letter from your employer, if the fee is to be shared",
)

QUESTIONS: Final = (
    (
        "Can I miss a meeting?",
        "One, if you tell us beforehand and do the task at home. After two you join the next group.",
    ),
    (
        "Is there homework?",
        "About {number} hours a week, most of it practice that you can do where you work or live.",
    ),
    (
        "What if I fail?",
        "You are told the same day what was missing, and may show that part again within a month.",
    ),
    (
        "Who will teach me?",
        "Somebody who has worked as {a_role} for years, and an assistant who took this very course.",
    ),
    (
        "Does it lead anywhere?",
        "To {link}, for many. To a first job, for some. To a clearer idea of what they want, for all.",
    ),
    (
        "May I record the talks?",
        "Yes, for yourself. Recordings with captions are on the course page within a day.",
    ),
    (
        "Is the room accessible?",
        "There is a lift, a low bench and a wide door. Tell us what else you need and we will try.",
    ),
)

TABLE: Final = (
    ("Short tasks", "during the course", "all handed in, two of them improved"),
    ("Practical test", "{number} hours", "you {task}, safely"),
    ("Portfolio", "ten pages or fewer", "your own work, with a note on what you would change"),
    ("Conversation", "twenty minutes", "you can say why, and not only how"),
    ("Written test", "one hour", "four answers in five are right"),
    ("Day at work", "one shift", "{a_role} would have you back"),
)

CLOSINGS: Final = (
    "Places are given in order of application, and a short list is kept for those who cannot come after all.",
    "Write to us if the fee is the obstacle, since help with the cost often goes unasked for.",
    "The [public register]({site}) tells what the credential is worth outside {place}.",
    "After the course you stay on our list for a year, and hear of posts before they are advertised.",
    "Read more about {industry}, or talk to somebody who has been through it on the next open evening.",
    "The certificate names what you did, not how long you sat.",
    "We ask everyone after three months how it went, and change the course accordingly.",
    "Bring a friend to the first meeting; some of our best learners came along to keep somebody company.",
)

QUOTES: Final = (
    "I had done it wrong for eleven years, and nobody had told me why.",
    "They let me be slow until I was quick.",
    "On the third day I explained it to my daughter, and noticed that I understood it.",
    "The test was the first one in my life that felt like work.",
    "I came for the certificate and stayed for the people.",
    "You cannot hide here, and after a while you do not want to.",
)

SUMMARIES: Final = (
    "Learn to {task}, and show it in a practical test.",
    "A small group, good tools and a tutor who works as {a_role}: {topic} from the ground up.",
    "For people in and around {place} who want to {task}.",
    "Practise {topic} until you can {task} on your own.",
    "What {a_role} needs to know about {topic}, in a few weeks and in plain words.",
)

STORY: Final = (
    "I was not looking for a course; my neighbour left the leaflet on the stairs.",
    "Before, I worked nights, and in the daytime I slept and worried in turn.",
    "On the first evening I sat near the door so that I could leave.",
    "I did not leave, mostly because of {tool}.",
    "What helped was that the tutor said, “Everyone in this room is good at something else.”",
    "I failed the first test. I *had* to {task}, and my hands shook.",
    "The second time I took a breath, counted to four, and it went.",
    "At home we ate late for {number} weeks, and nobody complained more than once a day.",
    "Now I work as {a_role}, three days a week at first and five since the spring.",
    "The pay is not wonderful, and the bus is slow; I would still do it again.",
    "Last month a new colleague asked me how to {task}, and I heard myself say what my tutor used to say.",
    "If you are thinking about {link}, go to the open evening and ask the assistant, not the brochure.",
)
