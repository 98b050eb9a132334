// Presses keys as the list that ? shows writes them, on a US keyboard and on a Spanish one.
import type { Page } from "playwright-core"

/** Presses what stands in the list: "Ctrl Shift .". */
export type Press = (written: string) => Promise<void>

const names: Record<string, string> = {
  Ctrl: "Control",
  Esc: "Escape",
  "↑": "ArrowUp",
  "↓": "ArrowDown",
  ".": "Period",
}
const nameOf = (part: string) => names[part] ?? (/^[A-Z]$/.test(part) ? `Key${part}` : part)
export const pressOnUs =
  (page: Page): Press =>
  (written) =>
    page.keyboard.press(written.split(" ").map(nameOf).join("+"))

// Signs that a keyboard of Spain writes elsewhere; "]" it writes with AltGr, which no driver presses.
const shift = 8
const spanishSigns: Record<string, { code: string; modifiers: number; windowsVirtualKeyCode: number }> = {
  "/": { code: "Digit7", modifiers: shift, windowsVirtualKeyCode: 55 },
  "?": { code: "Minus", modifiers: shift, windowsVirtualKeyCode: 219 },
}
export function pressOnSpanish(page: Page): Press {
  const devTools = page.context().newCDPSession(page)
  return async (written) => {
    const sign = spanishSigns[written]
    if (written === "]")
      return page.evaluate(() => {
        const altGr = { key: "]", code: "BracketRight", modifierAltGraph: true, ctrlKey: true, altKey: true }
        const event = new KeyboardEvent("keydown", { ...altGr, bubbles: true, cancelable: true })
        document.activeElement?.dispatchEvent(event)
      })
    if (!sign) return pressOnUs(page)(written)
    const event = { ...sign, key: written }
    await (await devTools).send("Input.dispatchKeyEvent", { type: "keyDown", text: written, ...event })
    await (await devTools).send("Input.dispatchKeyEvent", { type: "keyUp", ...event })
  }
}
