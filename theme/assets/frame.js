// Light or dark: the reader's choice, kept in the browser, else what the system asks for. Loaded where the header ends,
// before anything below is drawn, so that a dark page never flashes.

{
  const buttons = [...document.querySelectorAll("#sg-palette button")];
  // What a palette is that does not say it.
  const USUAL = [["scheme", "default"], ["primary", "indigo"], ["accent", "indigo"]];
  // Several sites may share an origin.
  const key = `sg-scheme:${new URL("../", document.currentScript.src).pathname}`;

  const kept = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage refused: the system's choice
    }
  };

  const keep = (scheme) => {
    try {
      localStorage.setItem(key, scheme);
    } catch {
      // Storage refused or full: the choice lasts as long as the page.
    }
  };

  const apply = (chosen) => {
    for (const button of buttons) button.hidden = button !== chosen;
    for (const [name, usual] of USUAL) document.body.setAttribute(`data-md-color-${name}`, chosen.dataset[name] ?? usual);
  };

  const asked = () => buttons.find(({ dataset }) => (dataset.scheme ?? "default") === kept()) ?? buttons.find(({ dataset }) => dataset.media && matchMedia(dataset.media).matches) ?? buttons[0];

  for (const [index, button] of buttons.entries()) {
    button.addEventListener("click", () => {
      const next = buttons[(index + 1) % buttons.length];
      apply(next);
      keep(next.dataset.scheme ?? "default");
      next.focus();
    });
    if (button.dataset.media) matchMedia(button.dataset.media).addEventListener("change", () => apply(asked()));
  }
  if (buttons.length) apply(asked());
}
