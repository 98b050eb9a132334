// A message may hold a link that lets its reader in. Then its recipient reads what is sealed here, and everybody else a content
// without the link.
import type { Act } from "#kernel/act.ts"
import type { Secrets } from "#kernel/secrets.ts"
import { renderMarkdown } from "./render-markdown.ts"

export async function saveSealedContent(act: Act, messageId: string, sealedContent: string): Promise<void> {
  await act.tx.updateTable("messages").set({ sealedContent }).where("id", "=", messageId).execute()
}

type MessageContent = { content: string; contentHtml: string | null }

/** As it leaves for its recipient, and for nobody else. */
export function contentForRecipient(
  secrets: Secrets,
  { content, contentHtml, sealedContent }: MessageContent & { sealedContent: string | null },
): MessageContent {
  if (sealedContent === null) return { content, contentHtml }
  const opened = secrets.open(sealedContent)
  return { content: opened, contentHtml: renderMarkdown(opened) }
}
