// What the chat's settings, its page, its widget and the server know of its colours. Small on purpose: visitors load it.

/** What the widget gets with its script. */
export type WidgetLook = { color: string | null; textColor: string | null; position: "left" | "right"; sites: string[] }

/** Text on a colour is read from here on (WCAG 2.2, 1.4.3). */
export const minimumContrast = 4.5

export const hexColour = /^#[0-9a-fA-F]{6}$/

/** WCAG contrast of two colours such as #0f766e, 1 to 21. */
export function contrastRatio(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** Black or white, whichever is read better on the colour: one of the two always reaches 4.5. */
export const readableOn = (colour: string): "#ffffff" | "#000000" =>
  contrastRatio(colour, "#ffffff") >= contrastRatio(colour, "#000000") ? "#ffffff" : "#000000"

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16)))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  const part = channel / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}
