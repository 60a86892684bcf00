"""The words of invented catalogues: industries with their topics, tools and tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Industry:
    """``topics`` give courses their titles, ``skills`` are what they teach, and the rest fills gaps in sentences."""

    id: str
    title: str
    summary: str
    topics: tuple[str, ...]
    skills: tuple[str, ...]
    tools: tuple[str, ...]
    tasks: tuple[str, ...]
    roles: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("; "))


def _industry(
    slug: str, title: str, summary: str, topics: str, skills: str, tools: str, tasks: str, roles: str
) -> Industry:
    return Industry(slug, title, summary, *(_words(part) for part in (topics, skills, tools, tasks, roles)))


INDUSTRIES: Final = (
    _industry(
        "technology",
        "Technology",
        "Making and looking after the software and networks that everybody else leans on.",
        "Network Cabling; Web Page Building; Spreadsheet Automation; Database Queries; Help-Desk Support; "
        "Software Testing; Home Network Security; Sensor Kits; Cloud Back-ups; Programming with Python; "
        "Accessible Interfaces; Data Cleaning",
        "troubleshooting; version control; query writing; test design; network diagrams; scripting; data modelling; "
        "ticket handling; back-up planning; access control; code review; interface checking",
        "a shared code repository; the practice network rack; a borrowed laptop; the ticket board; a test server",
        "trace a fault from the screen back to the cable; write a query that answers the question asked; "
        "explain an outage to a customer in two sentences; restore a lost folder from last night's copy; "
        "read a log file without losing heart; describe a fault so that a stranger can repeat it",
        "support technician; junior developer; network installer; software tester; data assistant",
    ),
    _industry(
        "language-training",
        "Language training",
        "Teaching and learning the languages of work, from the front desk to the workshop floor.",
        "English for Meetings; French at the Counter; Teaching Adults; Sign Language Basics; Clear Letters; "
        "Community Interpreting; Spanish for Field Staff; Reading Safety Notices; Pronunciation at Work; "
        "English for Trades; Writing Reports; Telephone English",
        "active listening; lesson planning; note taking; pronunciation; interpreting ethics; error correction; "
        "letter writing; reading for detail; vocabulary building; turn taking; phone manners; summarising aloud",
        "the listening room; a set of graded readers; real letters with the names taken out; a voice recorder; "
        "the picture cards",
        "interrupt politely and hold the floor; ask again without embarrassment; take a message that can be acted on; "
        "retell a conversation to someone who was not there; mark a text so that the writer wants to go on; "
        "read a notice and say what it asks",
        "language tutor; community interpreter; receptionist; classroom assistant; team lead in a bilingual crew",
    ),
    _industry(
        "administration",
        "Administration",
        "Keeping offices, records and money in order so that everyone else can do their work.",
        "Bookkeeping; Minutes and Agendas; Payroll Practice; Records and Privacy; Front-Desk Work; Mail Merge; "
        "Purchasing; Calendar Keeping; Office Start-up; Filing Systems; Travel Booking; Grant Paperwork",
        "bookkeeping; record keeping; payroll; scheduling; minute taking; invoicing; filing; purchasing; "
        "form design; reconciliation; data protection; calendar management",
        "a box of muddled receipts; the practice ledger; a shared calendar; three years of old files; "
        "a template for minutes",
        "close a month that balances; turn an hour of talk into a page of minutes; find a paper within two minutes; "
        "answer a request for personal data; book a journey with two changes; check a pay slip line by line",
        "office administrator; payroll clerk; bookkeeper; records officer; clinic receptionist",
    ),
    _industry(
        "healthcare",
        "Health care",
        "Caring for people at home and in clinics, and supporting the teams who do.",
        "Personal Support; Infection Prevention; Medication Rounds; Dementia Conversations; Lifting and Moving; "
        "First Aid; Telehealth Visits; Wound Dressing; Nutrition for Elders; Night Care; Foot Care; Oral Care",
        "hand hygiene; safe lifting; vital signs; care planning; medication support; wound care; handover; "
        "dementia care; consent; infection control; mobility support; fluid charts",
        "the practice ward; a bed that can be raised; a bag of harmless medicines; the observation chart; "
        "a training mannequin called Agnes",
        "help somebody out of bed without hurting either of you; notice a change and report it at once; "
        "write a handover that the night shift can use; wash your hands as if it mattered; "
        "say no to a task outside your role; sit with a person who is afraid",
        "care aide; home support worker; clinic assistant; ward clerk; telehealth host",
    ),
    _industry(
        "business",
        "Business",
        "Starting, running and mending the small firms that a region lives on.",
        "Starting a Firm; Project Coordination; Pricing; First-Time Supervision; Bids and Tenders; Stock Control; "
        "Market Stalls; Customer Complaints; Cash Flow; Online Shops; Inclusive Hiring; Succession Planning",
        "budgeting; pricing; negotiation; project planning; cash-flow forecasting; bid writing; supervision; "
        "market research; stock control; hiring; customer service; risk registers",
        "a cash-flow sheet; real tenders from last year; a board of coloured cards; the stall in the covered market; "
        "a set of awkward customers, played by tutors",
        "set a price and defend it; plan six weeks of work for four people; hear a complaint to its end; "
        "count stock without closing the shop; hire for the job and not for the accent; "
        "see a shortage of cash before it comes",
        "shop owner; project coordinator; shift supervisor; purchasing assistant; sole trader",
    ),
    _industry(
        "community-support",
        "Community support",
        "Standing beside people in settlement, housing, youth and family work.",
        "Newcomer Settlement; Youth Work; Peer Support; Food Bank Logistics; Housing Advice; Grant Writing; "
        "Volunteer Coordination; Listening in Distress; Community Kitchens; Family Visits; Debt Advice; Safe Spaces",
        "case notes; crisis listening; referral; volunteer coordination; group facilitation; boundaries; advocacy; "
        "home visits; needs assessment; mediation; safeguarding; form filling",
        "a wall of local services; a sheaf of unopened letters; the drop-in kitchen; a role-play room; "
        "the referral list",
        "sit with a family and find out what they need; open a letter together without taking it over; "
        "keep a boundary and stay kind; run a group in which quiet people speak; "
        "refer somebody so that they arrive; write a case note the person may read",
        "settlement worker; youth worker; peer supporter; volunteer coordinator; housing adviser",
    ),
    _industry(
        "design",
        "Design",
        "Giving useful things a shape that people understand and like to use.",
        "Layout and Colour; Product Photography; User Interviews; Poster Printing; Portfolio Building; Service Maps; "
        "Packaging; Signs and Wayfinding; Illustration; Type Setting; Exhibition Stands; Pattern Cutting",
        "layout; colour choice; sketching; interviewing; prototyping; photo editing; type setting; critique; "
        "storyboarding; print preparation; wayfinding; portfolio writing",
        "a light box; the risograph; a stack of bad posters; card, tape and a sharp knife; a camera on a tripod",
        "listen to a user without leading her; set a page that can be read at arm's length; "
        "photograph a jar so that it looks like itself; take criticism and keep what is useful; "
        "draw the same idea ten times; prepare a file that the printer does not send back",
        "graphic designer; photographer; research assistant; sign maker; print technician",
    ),
    _industry(
        "construction",
        "Construction",
        "Building and mending houses, harbours and roads, safely and to the line.",
        "Scaffold Checks; Timber Framing; Dry-Stone Walls; Site Safety; Reading Drawings; Insulation; Roof Repairs; "
        "Concrete Pouring; Lime Plaster; Tiling; Asbestos Awareness; Excavator Basics",
        "site safety; reading drawings; measuring; framing; levelling; insulation; masonry; tool care; "
        "working at height; material estimates; plastering; waste sorting",
        "a full-size corner of a house; last year's drawings; the tool store; a laser level; three kinds of mortar",
        "read a drawing and find its mistake; refuse to climb a scaffold that is not tagged; "
        "order the right amount and no more; cut a joint that needs no filler; "
        "brief a crew before the first lift; leave a site safe for the night",
        "site labourer; carpenter's mate; safety steward; plasterer; machine operator",
    ),
    _industry(
        "hospitality",
        "Hospitality",
        "Cooking for, housing and welcoming people who are away from home.",
        "Food Handling; Bread Baking; Table Service; Housekeeping; Allergen Menus; Barista Skills; Menu Costing; "
        "Guest Complaints; Banquet Planning; Hotel Night Desk; Seafood Preparation; Campsite Hosting",
        "food safety; knife skills; menu costing; table service; allergen control; housekeeping; portioning; "
        "guest relations; shift planning; stock rotation; coffee making; pastry",
        "the training kitchen; a wood-fired oven; a dining room open to the public; a thermometer you will learn "
        "to love; a room made up badly on purpose",
        "carry four plates and a conversation; cook for somebody with three allergies; turn a room in thirty minutes; "
        "cost a menu to the gram; calm a guest whose booking is lost; keep cold food cold on a hot day",
        "kitchen hand; server; housekeeper; night porter; baker",
    ),
    _industry(
        "agriculture",
        "Agriculture",
        "Growing food and looking after soil, animals and water.",
        "Soil Testing; Orchard Pruning; Beekeeping; Greenhouse Growing; Sheep Husbandry; Irrigation; Seed Saving; "
        "Tractor Safety; Composting; Cheese Making; Drone Scouting; Farm Accounts",
        "soil sampling; pruning; animal handling; irrigation; pest scouting; composting; seed saving; "
        "machine safety; crop planning; grafting; harvest storage; farm records",
        "the teaching orchard; a soil auger; two patient ewes; a leaking irrigation line; the seed library",
        "read a field by its weeds; prune a tree that nobody has touched for years; catch and turn a sheep; "
        "plan a rotation on one sheet of paper; test soil and believe the result; mend a line before noon",
        "farm hand; orchard worker; grower; herd assistant; market gardener",
    ),
    _industry(
        "marine",
        "Marine trades",
        "Working on, in and beside the sea, and bringing everybody home.",
        "Deckhand Basics; Outboard Engines; Net Mending; Coastal Navigation; Radio Procedure; Boat Painting; "
        "Oyster Farming; Harbour Safety; Sail Repair; Tide Planning; Cold-Water Survival; Dock Handling",
        "knots; chart reading; engine checks; radio procedure; tide tables; splicing; sea survival; "
        "hull care; line handling; weather reading; watch keeping; net mending",
        "a twelve-metre training boat; the survival tank; a chart of the bay; a stubborn outboard; kilometres of rope",
        "come alongside in a cross wind; plan a passage by tide and daylight; call for help in words that are heard; "
        "splice a line that will hold; find why an engine will not start; get into a raft in the dark",
        "deckhand; boat yard worker; oyster farmer; harbour assistant; ferry crew",
    ),
    _industry(
        "energy",
        "Energy",
        "Making, moving and saving heat and power.",
        "Heat Pump Servicing; Solar Mounting; Home Energy Audits; Battery Safety; Wind Turbine Access; "
        "Meter Reading; Draught Proofing; District Heating; Electric Charging Points; Boiler Checks; "
        "Energy Advice; Wood Fuel",
        "meter reading; electrical safety; thermal imaging; fault finding; rope access; load calculation; "
        "heat-loss surveys; lockout procedure; pipe work; battery handling; customer advice; commissioning",
        "a thermal camera; the practice roof; a cut-open heat pump; a board full of meters; a draughty shed",
        "find where a house loses its heat; lock out a circuit before you touch it; explain a bill to its owner; "
        "size a heat pump without guessing; climb, clip on and climb again; commission a system and sign for it",
        "energy adviser; installer's assistant; heat-pump technician; meter reader; maintenance fitter",
    ),
    _industry(
        "transport",
        "Transport and logistics",
        "Moving people and goods on time, in one piece and within the law.",
        "Forklift Operation; Route Planning; Bus Driving Theory; Warehouse Picking; Customs Papers; Cargo Bikes; "
        "Load Securing; Dispatching; Cold Chain; School Transport; Tachograph Rules; Parcel Depots",
        "load securing; route planning; forklift driving; dispatching; customs forms; stock scanning; "
        "vehicle checks; cold chain; passenger care; driving hours; hazard labels; returns handling",
        "a yard full of cones; the loading dock; a dispatcher's three screens; a trailer loaded wrongly; "
        "a bundle of customs forms",
        "secure a load so that it stays; plan a round of forty stops; walk round a vehicle and see the fault; "
        "fill in a declaration that passes; help a passenger who is lost; keep a cold load cold for six hours",
        "warehouse picker; dispatcher; forklift driver; bus driver; customs clerk",
    ),
    _industry(
        "education",
        "Education and child care",
        "Helping children and grown people to learn, play and stay safe.",
        "Classroom Assistance; Play and Learning; Story Time; Child First Aid; Homework Clubs; Online Tutoring; "
        "Outdoor Learning; Additional Needs; Museum Education; School Libraries; Lunch Supervision; Early Maths",
        "play planning; safeguarding; observation; story telling; behaviour support; tutoring; reading support; "
        "outdoor safety; family contact; lesson support; inclusion; learning records",
        "a corner of the nursery; the story chest; a classroom with real interruptions; a wood behind the school; "
        "notes from thirty observations",
        "get down to a child's height and wait; tell a story without the book; write what you saw and not what you "
        "think; help without doing it for them; lead twelve children across a road; talk to a worried parent",
        "classroom assistant; early-years worker; tutor; library helper; museum guide",
    ),
    _industry(
        "manufacturing",
        "Manufacturing",
        "Making things well, again and again, with hands, machines and care.",
        "Welding Basics; Machine Safety; Quality Checks; Lean Workshops; Technical Drawing; Laser Cutting; "
        "Boat Joinery; Packaging Lines; Robot Tending; Metal Finishing; Sewing Workshops; Preventive Maintenance",
        "measuring; welding; machine setting; quality control; technical drawing; lockout procedure; lubrication; "
        "root-cause analysis; lean methods; sewing; finishing; shift handover",
        "six welding booths; a lathe older than the tutors; callipers and gauges; a line that stops every Tuesday; "
        "a robot arm in a cage",
        "measure to a tenth and write it down; stop a line and say why; lay a weld that passes the bend test; "
        "find the cause behind the cause; hand over a shift in five minutes; set up a machine from a drawing",
        "machine operator; welder; quality inspector; maintenance assistant; seamstress",
    ),
    _industry(
        "environment",
        "Environment",
        "Looking after rivers, woods, waste and wild things, and counting them.",
        "River Sampling; Tree Planting; Waste Sorting; Bird Counts; Path Building; Shoreline Clean-ups; Mapping; "
        "Invasive Plants; Fire Watch; Repair Cafés; Peatland Care; Visitor Guiding",
        "water sampling; species identification; mapping; chainsaw safety; path building; data recording; "
        "visitor guiding; waste auditing; habitat survey; volunteer leading; fire safety; report writing",
        "waders in your size; a hand lens; the bend below the bridge; a mapping tablet; a trailer of young trees",
        "take a sample that a laboratory accepts; tell six ducks apart in bad light; build ten metres of dry path; "
        "record what is not there; lead volunteers through a wet day; draw a map that others can follow",
        "ranger; survey assistant; waste auditor; park guide; tree nursery worker",
    ),
)

MODES: Final = {"online": "Online", "in-person": "In-person", "blended": "Blended", "hybrid": "Hybrid"}

GENERAL_SKILLS: Final = _words(
    "plain language; teamwork; time management; note keeping; asking for help; attention to detail; "
    "risk assessment; professional ethics; presenting; spreadsheets; customer contact; problem solving; "
    "giving feedback; taking feedback; planning a day; self-assessment; reading instructions; safe working; "
    "numeracy at work; digital basics; privacy; working outdoors; shift work; workplace law"
)

ANGLES: Final = (
    "{}",
    "{} for Beginners",
    "{} in Practice",
    "{}: the Essentials",
    "{} at Work",
    "{} Step by Step",
    "{} for Career Changers",
    "{} after a Break",
    "{}: from First Day to Assessment",
    "{} on Weekends",
    "Working with {}",
    "{} for Small Teams",
    "A Short Course in {}",
    "{}: a Refresher",
    "{} with Confidence",
    "{}: Tools and Habits",
    "Going Further in {}",
    "{} for Supervisors",
    "{}: Hands First",
    "{} in the Evening",
    "Understanding {}",
    "{}: a Workplace Module",
)

TOWNS: Final = _words(
    "Saltmarsh; Lanternlea; Ternhaven; Ferry Point; Old Quay; Northmarsh; Brightwater; Cedar Bight; Heron Hill; "
    "Gannet Rock; Millbrook; Kelp Harbour; Stonewick; Applecross Road; Dunmere; Fogarty Bay; Whistle Cove; "
    "Larkfield; Tidewell; Marram; Eastlight; Pennywhistle; Rushford; Samphire; Cobble Strand; Thornby; Ashgrove; "
    "Plover Sands; Candlewick; Netherby; Oyster Flats; Wick End; Barrow Isle; Fennimore; Curlew Bridge; Slate Hill; "
    "Upper Moss; Bell Island; Ropewalk; Sandpiper Lane"
)

PROVIDER_KINDS: Final = {
    "College": "college",
    "University": "university",
    "Institute": "institute",
    "Guild": "professional-body",
    "Licensing Board": "licensing-body",
    "Works": "company",
    "Neighbours": "community",
    "Academy": "institute",
    "Training Centre": "college",
    "Society": "professional-body",
}

FIRST_NAMES: Final = _words(
    "Amara; Bogdan; Chantal; Dilnoza; Edwin; Farida; Gustavo; Hanna; Idris; Joanna; Kofi; Leila; Mirek; Nadia; "
    "Olu; Priya; Quentin; Rosalind; Samir; Tamsin; Umar; Vera; Wiktoria; Ximena; Yusuf; Zofia"
)

LAST_NAMES: Final = _words(
    "Arsenault; Bello; Comeau; Doucette; Eriksen; Farouk; Gallant; Hrytsenko; Ilves; Joseph; Kowal; LeBlanc; "
    "Mensah; Noor; Okafor; Petrov; Quaye; Richard; Sarr; Tanaka; Ulrich; Vega; Whynot; Yilmaz; Zwicker"
)
