const side = 96
const longest = 44_000

/** Any picture that the browser can read as a PNG of at most 96 pixels a side, as a data: address. Rejects what is none. */
export async function toLogo(file: File): Promise<string> {
  const address = URL.createObjectURL(file)
  try {
    const picture = new Image()
    picture.src = address
    await picture.decode()
    // A drawing without a size of its own fills the square.
    const [width, height] = [picture.naturalWidth || side, picture.naturalHeight || side]
    for (const most of [side, side / 2]) {
      const made = draw(picture, Math.min(1, most / Math.max(width, height, 1)), { width, height })
      if (made.length <= longest) return made
    }
    throw new Error("too large")
  } finally {
    URL.revokeObjectURL(address)
  }
}

function draw(picture: HTMLImageElement, scale: number, { width, height }: { width: number; height: number }): string {
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL("image/png")
}
