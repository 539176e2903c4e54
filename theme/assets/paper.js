// On the page of a paper: buttons that copy a citation as it is shown, or the file where none is shown. A compact page
// shows none and has one such button, for the first of its files.

/** Copy a file: as an item that is a promise, which keeps the click's permission while the file is on its way. */
function copyFile(address) {
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": textOf(address).then((text) => new Blob([text], { type: "text/plain" })) })]);
}

async function textOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

for (const form of document.querySelectorAll(".cite > .form, #cite + p:has(> .file)")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sg-button";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const file = form.querySelector("a.file");
  button.textContent = form.matches("p") ? `Copy ${file.textContent}` : "Copy";
  const shown = form.querySelector("code") ?? (file ? null : form.querySelector("p"));
  button.addEventListener("click", async () => {
    try {
      await (shown ? navigator.clipboard.writeText(shown.textContent.trim() + "\n") : copyFile(file.href));
      said.textContent = "Copied.";
    } catch {
      if (shown) getSelection().selectAllChildren(shown);
      said.textContent = shown ? "The browser does not let this page copy; the citation is selected." : "It could not be copied; the link leads to it.";
    }
  });
  let last = form.matches("p") ? form : form.lastElementChild;
  if (!last.querySelector("a.file")) {
    last = document.createElement("p");
    form.append(last);
  }
  last.append(" ", button, " ", said);
}
