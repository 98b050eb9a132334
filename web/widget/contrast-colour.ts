/** Black or white, whichever is read better on `colour` (any CSS colour that the browser understands). */
export function contrastColour(colour: string): "#fff" | "#000" {
  const canvas = document.createElement("canvas")
  canvas.width = canvas.height = 1
  const pen = canvas.getContext("2d")
  if (!pen) return "#fff"
  pen.fillStyle = "#fff"
  pen.fillRect(0, 0, 1, 1)
  pen.fillStyle = colour
  pen.fillRect(0, 0, 1, 1)
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data
  const light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  // WCAG contrast: (1 + .05) / (L + .05) against (L + .05) / .05; they are equal at L = 0.179.
  return light > 0.179 ? "#000" : "#fff"
}

function linear(channel = 0): number {
  const part = channel / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}
