// On the page of a paper: buttons that copy a citation as it is shown.

for (const form of document.querySelectorAll(".cite > .form")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sg-button";
  button.textContent = "Copy";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const shown = form.querySelector("code") ?? form.querySelector("p");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(shown.textContent.trim() + "\n");
      said.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(shown);
      said.textContent = "The browser does not let this page copy; the citation is selected.";
    }
  });
  let last = form.lastElementChild;
  if (!last.querySelector("a.file")) {
    last = document.createElement("p");
    form.append(last);
  }
  last.append(" ", button, " ", said);
}
