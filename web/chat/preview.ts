// The settings of a chat show its page as it would be: the page around us, which is the desk's own, says what stands there.
import type { Conversation } from "../../src/channels/webchat/api-contract.ts"

/** Nothing that is done here goes anywhere. */
export function startPreview(show: (shown: Conversation) => void) {
  document.body.inert = true
  addEventListener(
    "message",
    ({ source, origin, data }: MessageEvent<{ hilo?: unknown; preview?: Conversation } | null>) => {
      if (source === parent && origin === location.origin && data?.hilo === 1 && data.preview) show(data.preview)
    },
  )
  parent.postMessage({ hilo: 1, ready: true }, location.origin)
}
