// The size of a page's image: buttons that enlarge it, and a sharper image where it is enlarged.

const STEPS = [1, 1.6, 2.4, 3.2];

// `view` scrolls, `.sheet` inside it grows; `tell` is called with the percentage.
export function zoomable(view, first, tell) {
  const sheet = view.querySelector(".sheet");
  const image = sheet.querySelector("img");
  const address = image.src;
  const pixels = Number(image.getAttribute("width"));
  let step = Math.min(Math.max(first, 0), STEPS.length - 1);

  function sharpen() {
    const shown = image.clientWidth * devicePixelRatio;
    if (shown <= pixels * 1.05 || image.src !== address) return;
    const sharp = new Image();
    sharp.onload = () => (image.src = sharp.src);
    sharp.src = `${address}?sharp=true`;
  }

  function set(next) {
    if (next < 0 || next >= STEPS.length) return false;
    const middle = (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth;
    step = next;
    sheet.style.width = `${STEPS[step] * 100}%`;
    view.scrollLeft = middle * view.scrollWidth - view.clientWidth / 2;
    tell(Math.round(STEPS[step] * 100), step);
    requestAnimationFrame(sharpen);
    return true;
  }

  set(step);
  return { larger: () => set(step + 1), smaller: () => set(step - 1) };
}
