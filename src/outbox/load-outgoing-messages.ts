// Messages as their channel is given them.
import { buffer } from "node:stream/consumers"
import type { Kit } from "#kernel/kit.ts"
import { channels, type OutgoingFile, type OutgoingMessage } from "#channels/index.ts"
import { filesOf } from "#files/index.ts"
import { contentForRecipient, mailsToSend, messagesToSend } from "#messages/index.ts"

/**
 * By their ids, all of connections of one kind. Each is opened by itself, with what is sealed for its recipient: one whose secret does not
 * open it fails no other.
 */
export async function loadOutgoingMessages(
  kit: Kit,
  kind: string,
  ids: string[],
): Promise<Map<string, () => Omit<OutgoingMessage, "template">>> {
  const hasMails = channels[kind]?.ownAddresses !== undefined
  const [messages, files, mails] = await Promise.all([
    messagesToSend(kit.db, ids),
    filesOf(kit.db, ids),
    hasMails ? mailsToSend(kit.db, ids) : null,
  ])
  return new Map(
    [...messages].map(([id, message]) => {
      const attached = (files.get(id) ?? []).map((file) => outgoingFile(kit, file))
      const mail = mails?.get(id) ?? null
      return [id, () => ({ ...message, ...contentForRecipient(kit.secrets, message), files: attached, mail })]
    }),
  )
}

type File = { id: string; fileName: string; mimeType: string; sha256: string }

const outgoingFile = (kit: Kit, { id, fileName, mimeType, sha256 }: File): OutgoingFile => {
  return { id, name: fileName, mimeType, sha256, read: () => buffer(kit.storage.read(sha256)) }
}
