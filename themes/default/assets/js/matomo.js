// Tells a Matomo server of this visit. Its address and the number of the website are in this script's own element.
// It sets no cookie.
(() => {
  const { url, site } = document.currentScript.dataset;
  const commands = (window._paq = window._paq || []);
  commands.push(
    ["disableCookies"],
    ["setTrackerUrl", `${url}matomo.php`],
    ["setSiteId", site],
    ["trackPageView"],
    ["enableLinkTracking"],
  );
  const script = document.createElement("script");
  script.async = true;
  script.src = `${url}matomo.js`;
  document.head.append(script);
})();
