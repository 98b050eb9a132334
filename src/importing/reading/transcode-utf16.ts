/** Bytes in UTF-16, which begin with its mark, as UTF-8; all others as they are. */
export async function* transcodeUtf16(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null = null
  let isFirst = true
  for await (const chunk of bytes) {
    if (isFirst) decoder = utf16DecoderFor(chunk)
    isFirst = false
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk
  }
}

function utf16DecoderFor(head: Buffer): TextDecoder | null {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder("utf-16le")
  return head[0] === 0xfe && head[1] === 0xff ? new TextDecoder("utf-16be") : null
}
