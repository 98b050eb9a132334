// A keyboard user always has a focus here too: what is drawn anew may take away what had it, and the box may be switched off.
/** Runs `draw`. A focus that is lost by it goes to where the visitor writes, or to the thread. */
export function keepingFocus(draw: () => void) {
  const before = document.activeElement
  draw()
  if (!(before instanceof HTMLElement) || before === document.body || canHaveIt(before)) return
  before.blur()
  // Not into the frame, for somebody who is on the page around it; and no keyboard comes up on a phone.
  if (document.hasFocus()) giveTo(matchMedia("(pointer: fine)").matches ? ["#text", ...others] : others)
}

const others = ["#before input, #before select", "#scroll"]

const canHaveIt = (one: HTMLElement) => one.isConnected && one.checkVisibility() && !one.closest("[inert]")

/** The first that can have it: a place that is hidden or inert does not take it. */
function giveTo(places: string[]) {
  for (const place of places) {
    document.querySelector<HTMLElement>(place)?.focus()
    if (document.activeElement !== document.body) return
  }
}
