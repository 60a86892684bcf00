from credsite.hooks import CheckHook, OutputHook, hook


@hook
def credsite_outputs():
    return [OutputHook("all-industries", all_industries, kinds=["industry"])]


def all_industries(site):
    for industry in site.entries("industry"):
        yield f"{industry.slug}.txt", industry.fields["titel"]


@hook
def credsite_checks():
    meaning = "An industry is named in one word."
    return [CheckHook("own-one-word", one_word, meaning, kinds=["industry"])]


def one_word(site):
    return [industry.title / 2 for industry in site.entries("industry")]


@hook
def credsite_filters():
    return {}["shout"]
