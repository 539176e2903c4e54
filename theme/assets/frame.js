// Light or dark: the reader's choice, kept in the browser, else what the system asks for, and the button that switches.
// Loaded where the header ends, before anything below is drawn, so that a dark page never flashes.

{
  const { currentScript } = document;
  // The palettes of sitegen's own mkdocs.yml: only others are said in the page (theme/partials/palette.html).
  const PALETTES = [
    { name: "Switch to dark", media: "(prefers-color-scheme: light)", scheme: "default" },
    { name: "Switch to light", media: "(prefers-color-scheme: dark)", scheme: "slate" },
  ];
  const palettes = currentScript.dataset.palettes ? JSON.parse(currentScript.dataset.palettes) : PALETTES;
  // What a palette is that does not say it.
  const USUAL = [["scheme", "default"], ["primary", "indigo"], ["accent", "indigo"]];
  // Several sites may share an origin.
  const key = `sg-scheme:${new URL("../", currentScript.src).pathname}`;

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

  const place = document.createElement("div");
  place.id = place.className = "sg-palette";
  const buttons = palettes.map(({ name, media }, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = name;
    button.addEventListener("click", () => {
      const next = (index + 1) % palettes.length;
      apply(next);
      keep(palettes[next].scheme ?? "default");
      buttons[next].focus();
    });
    if (media) matchMedia(media).addEventListener("change", () => apply(asked()));
    return button;
  });

  const apply = (chosen) => {
    buttons.forEach((button, index) => (button.hidden = index !== chosen));
    for (const [name, usual] of USUAL) document.body.setAttribute(`data-md-color-${name}`, palettes[chosen][name] ?? usual);
  };

  /** The place of the palette that the reader chose, or that the system asks for, or the first. */
  const asked = () => {
    const chosen = palettes.findIndex(({ scheme = "default" }) => scheme === kept());
    if (chosen >= 0) return chosen;
    return Math.max(0, palettes.findIndex(({ media }) => media && matchMedia(media).matches));
  };

  if (buttons.length) apply(asked());
  place.append(...buttons);
  currentScript.before(place);
}
