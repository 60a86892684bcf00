from credsite.hooks import CheckHook, HookFinding, OutputHook, hook


@hook
def credsite_outputs():
    return [OutputHook("all-industries", all_industries, kinds=["industry"])]


def all_industries(site):
    for industry in site.entries("industry"):
        yield f"{industry.slug}.txt", industry.fields["titel"]


@hook
def credsite_checks():
    meaning = "An industry is named in one word."
    return [
        CheckHook("own-one-word", one_word, meaning, "warning", kinds=["industry"]),
        CheckHook("own-partners", partners, "A partner has no page."),
    ]


def one_word(site):
    for industry in site.entries("industry"):
        yield HookFinding("Say more of this industry than one word.", industry, "title")


def partners(site):
    site.read("hooks/partners.csv")
