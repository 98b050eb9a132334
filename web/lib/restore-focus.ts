// A keyboard user always has a focus. When what had the focus is gone (a dialog closed, a button gave way to
// another, a row left), the focus goes to what took its place, else back to what had it before, else to the screen itself.
const focusable =
  "a[href], button, input:not([type=hidden], [type=file]), select, textarea, summary, iframe, [tabindex]:not([tabindex='-1'])"
const remembered = 40

let last: HTMLElement | undefined
/** What it stood in, from near to far, and what came before it on the screen. */
let around: HTMLElement[] = []
let preceding: HTMLElement[] = []
let history: HTMLElement[] = []

/** Once, for the whole page. */
export function restoreLostFocus() {
  addEventListener("focusin", ({ target }) => target instanceof HTMLElement && note(target), { capture: true })
  // A key that acts has to be pressed somewhere; Tab finds its way by itself.
  const begin = ({ key }: KeyboardEvent) => key !== "Tab" && document.activeElement === document.body && rest(main())
  addEventListener("keydown", begin, { capture: true })
  const attributeFilter = ["disabled", "hidden", "inert", "class"]
  const observer = new MutationObserver(lookSoon)
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter })
}

/** Gives up a field without giving up one's place: to the part of the screen that it is in. */
export function leaveField(field: HTMLElement) {
  rest(field.closest<HTMLElement>("section, [role=dialog], main") ?? main())
}

function note(element: HTMLElement) {
  last = element
  history = [...history.filter((one) => one !== element && one.isConnected), element].slice(-remembered)
  around = []
  for (let one = element.parentElement; one; one = one.parentElement) around.push(one)
  const all = [...document.querySelectorAll<HTMLElement>(focusable)]
  preceding = all.slice(0, Math.max(0, all.indexOf(element)))
}

let isLooking = false
// After everything that places the focus by itself, and after the browser has taken it from what was switched off.
function lookSoon() {
  if (isLooking) return
  isLooking = true
  requestAnimationFrame(() =>
    setTimeout(() => {
      isLooking = false
      if (document.activeElement === document.body && last && !canHaveIt(last)) giveBack()
    }),
  )
}

function giveBack() {
  const next = inItsPlace() ?? history.findLast(canHaveIt)
  if (next) next.focus()
  else rest(main())
}

/** The first that now stands where it stood, or the last before that. What floated is not looked for on the page. */
function inItsPlace(): HTMLElement | undefined {
  const place = around.find((one) => one.isConnected && one.checkVisibility())
  if (!place || place === document.body || place.id === "root" || place === document.documentElement) return undefined
  const all = [...place.querySelectorAll<HTMLElement>(focusable)].filter(canHaveIt)
  const at = all.findLastIndex((one) => preceding.includes(one))
  return all[at + 1] ?? all[at]
}

const canHaveIt = (one: HTMLElement) =>
  one.isConnected &&
  !one.matches(":disabled") &&
  one.checkVisibility({ visibilityProperty: true }) &&
  !one.closest("[inert]")

const main = () => document.querySelector<HTMLElement>("main")

function rest(place: HTMLElement | null) {
  if (!place) return
  if (!place.hasAttribute("tabindex")) place.tabIndex = -1
  place.style.outline = "none"
  place.focus({ preventScroll: true })
}
