import { fittedSize, jpegName } from "./picture-size.ts"

/** A JPEG of at most 2560 pixels a side, the right way up and without what the camera noted; the file itself where that is no smaller. */
export async function shrinkPicture(file: File): Promise<File> {
  const picture = await createImageBitmap(file)
  const { width, height } = fittedSize(picture)
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext("2d")
  if (!context) return file
  // What was transparent would be black.
  context.fillStyle = "#fff"
  context.fillRect(0, 0, width, height)
  context.drawImage(picture, 0, 0, width, height)
  picture.close()
  const made = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 })
  return made.size < file.size ? new File([made], jpegName(file.name), { type: made.type }) : file
}
