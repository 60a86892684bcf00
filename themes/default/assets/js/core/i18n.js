/** The page's language: its messages, and its way of writing numbers. */

export const language = document.documentElement.lang;

const numberFormat = new Intl.NumberFormat(language);
const pluralRules = new Intl.PluralRules(language);

/**
 * Messages by key: a text, or one text for each plural category.
 *
 * @type {Record<string, string | Record<string, string>>}
 */
const messages = {};

/** Adds the messages that the build wrote into `data/catalogue.json`. Pages load them together with the data. */
export function addMessages(/** @type {typeof messages} */ added) {
  Object.assign(messages, added);
}

/** A number as the page's language writes it. */
export const formatNumber = (/** @type {number} */ number) => numberFormat.format(number);

/**
 * The message for a key, with its placeholders filled in. Of several plural forms, the one for `values.num`.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function message(key, values = {}) {
  const found = messages[key];
  const text = typeof found === "object" ? (found[pluralRules.select(values.num)] ?? found.other) : found;
  // A missing message must not break the page, and its key says more than an empty text.
  return fillPlaceholders(text ?? key, values);
}

/**
 * A text with its placeholders `%(name)s` replaced by values; numbers are formatted.
 *
 * @param {string} text of a message, or of an attribute in the markup
 * @param {Record<string, string | number>} values
 */
export function fillPlaceholders(text, values) {
  return text.replace(/%\((\w+)\)s|%%/g, (placeholder, name) => {
    if (placeholder === "%%") return "%";
    return typeof values[name] === "number" ? formatNumber(values[name]) : (values[name] ?? placeholder);
  });
}
