// A chart as a file, made by the browser that shows it: as it stands there, in its own type, on the colour of its page.
if (!window.vitalsChart) {
  window.vitalsChart = true;
  const SVG = "http://www.w3.org/2000/svg";
  const drawn = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const asData = async (address) => {
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    return `data:font/woff2;base64,${btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""))}`;
  };
  // a picture has no faces but those that it brings along: those that this page has in use
  const face = async ({ cssText }) => {
    const address = new URL(cssText.match(/url\("?([^")]+)/)[1], document.baseURI).href;
    const isUsed = performance.getEntriesByName(address).length;
    return isUsed ? cssText.replace(/src:[^;}]+/, `src: url("${await asData(address)}")`) : "";
  };
  const faces = () => {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    return Promise.all(rules.filter((rule) => /^@font-face.*Plex Sans/s.test(rule.cssText)).map(face));
  };
  const picture = async (chart) => {
    const { width, height } = chart.getBoundingClientRect();
    const whole = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
    const fill = getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor;
    const style = drawn("style", {});
    style.textContent = (await faces()).join("");
    const layers = [...chart.querySelectorAll(".main-svg")].map((layer) => layer.cloneNode(true));
    whole.append(style, drawn("rect", { width, height, fill }), ...layers);
    whole.querySelectorAll(".hoverlayer").forEach((layer) => layer.remove());
    return whole;
  };
  const asPng = async (svg, { width, height }) => {
    const image = new Image();
    image.src = URL.createObjectURL(svg);
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };
  window.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".vitals-files button");
    const chart = button?.closest('[data-testid="stVerticalBlock"]').querySelector(".js-plotly-plot");
    if (!chart) return;
    const text = new XMLSerializer().serializeToString(await picture(chart));
    const svg = new Blob([text], { type: "image/svg+xml" });
    const { form } = button.dataset;
    const file = form === "png" ? await asPng(svg, chart.getBoundingClientRect()) : svg;
    const name = location.pathname.split("/").pop() || "msp-vitals";
    const way = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: `${name}.${form}` });
    way.click();
    setTimeout(() => URL.revokeObjectURL(way.href), 60_000);
  }, true);
}
