// Enter in a table whose rows lead on does what the framework leaves to Shift and space: it opens the row.
if (!window.vitalsEnter) {
  window.vitalsEnter = true;
  const opens = { key: " ", code: "Space", keyCode: 32, shiftKey: true, bubbles: true, cancelable: true };
  const alone = (event) => !(event.shiftKey || event.ctrlKey || event.altKey || event.metaKey);
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !alone(event) || !event.target.closest?.('[class*="st-key-rows_of_"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    event.target.dispatchEvent(new KeyboardEvent("keydown", opens));
  }, true);
}
