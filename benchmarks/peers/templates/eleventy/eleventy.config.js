export default function (config) {
  config.addPassthroughCopy("style.css");
  // Cards by address, for the lists.
  config.addCollection("cards", (api) =>
    Object.fromEntries(
      api
        .getAll()
        .filter((item) => item.data.card)
        .map((item) => [item.data.card.url, { ...item.data.card, title: item.data.title }]),
    ),
  );
  return { markdownTemplateEngine: false, dir: { input: "src", includes: "../_includes", layouts: "../_includes" } };
}
