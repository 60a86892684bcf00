from credsite.hooks import CheckHook, HookFinding, OutputHook, hook


@hook
def credsite_outputs():
    return [
        OutputHook("titles", titles, kinds=["course"], files=["hooks/partners.txt"], settings=["title"])
    ]


def titles(site):
    partners = site.read("hooks/partners.txt").decode().splitlines()
    titles = [course.title for course in site.entries("course")]
    yield "titles.txt", "\n".join([site.setting("title"), *titles, *partners])


@hook
def credsite_checks():
    meaning = "A course has no title."
    return [CheckHook("own-no-title", without_title, meaning, severity="advice", kinds=["course"])]


def without_title(site):
    for course in site.entries("course"):
        if not course.title:
            yield HookFinding("Write a title.", course, "title")


@hook
def credsite_filters():
    return {"initials": lambda text: "".join(word[0] for word in text.split())}
