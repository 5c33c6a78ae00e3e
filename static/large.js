// Of files dropped together the framework lets go in silence those that are over its limit: they are named here.
if (!window.vitalsLarge) {
  window.vitalsLarge = true;
  const dropped = { change: (event) => event.target.files, drop: (event) => event.dataTransfer?.files };
  const tell = (event) => {
    const line = document.querySelector(".vitals-large");
    const files = [...(dropped[event.type](event) ?? [])];
    if (!line || !files.length || !event.target.closest?.('[data-testid="stFileUploader"]')) return;
    const large = files.filter((file) => file.size > Number(line.dataset.most)).map((file) => file.name);
    const said = large.length === 1 ? line.dataset.one : line.dataset.many;
    // one that is dropped alone is refused by the framework, in words
    const told = large.length && large.length < files.length ? `${large.join(", ")} ${said}` : "";
    line.textContent = told.replace(/\p{C}/gu, "");
  };
  for (const type of Object.keys(dropped)) window.addEventListener(type, tell, true);
}
