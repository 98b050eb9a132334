import { z } from "zod"
import { runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { invalidField } from "#kernel/errors.ts"
import { instant, oneLine, plainText } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import { identityOf } from "#contacts/index.ts"
import { decisionText } from "#event-log/index.ts"
import { type InboundMessage, receiveMessage, type ReceivedMessage } from "#intake/index.ts"
import { longestMessage, message } from "#messages/index.ts"
import { can, type Principal, principalOf } from "#people/index.ts"
import { ticket } from "#tickets/index.ts"
import { refuseForeignSource, visibleToSource } from "./what-source-may-post-and-see.ts"

const address = z.strictObject({ id: plainText(256, 1), name: oneLine(200).optional() })
const id = z.string().regex(/^\w{1,60}$/, "is not an id")

const body = z
  .strictObject({
    externalId: plainText(200, 1),
    contact: address,
    group: address.optional(),
    text: plainText(longestMessage).optional(),
    sentAt: instant.optional(),
    direction: z.enum(["in", "out"]).default("in"),
    kind: z.enum(["message", "reaction", "system"]).default("message"),
    replyTo: plainText(200, 1).optional(),
    categoryIds: z.array(id).max(50).optional(),
    campaignShipmentId: plainText(200, 1).optional(),
    assigneeId: id.optional(),
    bot: z.boolean().default(false),
    attachments: z.array(id).max(20).optional().describe("Ids of files that you uploaded and did not send yet"),
  })
  .refine((b) => b.kind !== "message" || (b.text ?? "").trim() !== "" || (b.attachments ?? []).length > 0, {
    path: ["text"],
    message: "a message needs text, or files",
  })
  .refine((b) => b.kind === "message" || (b.attachments ?? []).length === 0, {
    path: ["attachments"],
    message: "are for messages",
  })

const taken = z.object({
  ticket: ticket.nullable(),
  message: message.nullable(),
  decision: z.object({
    action: z.enum(["joined", "reopened", "created", "attached", "duplicate", "ignored"]),
    because: z.string(),
    code: z.string(),
    inputs: z.record(z.string(), z.unknown()),
  }),
})

export function messageRoutes(app: Server, kit: Kit) {
  app.post(
    "/api/v1/connections/:id/messages",
    {
      config: { access: can.handInMessages, quota: "none" },
      schema: {
        tags: ["Messages"],
        summary: "Hand in a message of an API source: it becomes exactly one ticket, or joins it",
        params: z.object({ id }),
        body,
        response: { 200: taken },
      },
    },
    async (request, reply) => {
      const who = principalOf(request)
      await refuseForeignSource(kit, who, request.params.id)
      const inbound = inboundOf(who, request.params.id, request.body, kit.now())
      const take = async () => show(kit, who, inbound, await receiveMessage(kit, who, inbound))
      // The message's own id already makes a repeat harmless; an Idempotency-Key only adds the kept answer.
      return runRequestWithoutTransaction(kit, request, reply, 200, take)
    },
  )
}

function inboundOf(who: Principal, connectionId: string, b: z.output<typeof body>, now: Date): InboundMessage {
  const person = identityOf(b.contact.id, { scope: connectionId })
  if (!person)
    throw invalidField("contact.id", "must be a phone number, an e-mail address or an id of up to 256 characters")
  const group = b.group ? identityOf(b.group.id, { kind: "group", scope: connectionId }) : null
  if (b.group && !group) throw invalidField("group.id", "must be an id of up to 256 characters")
  return {
    connectionId,
    externalId: b.externalId,
    kind: b.kind,
    direction: b.direction,
    person: { identity: person, name: b.contact.name ?? "" },
    group: group ? { identity: group, name: b.group?.name ?? "" } : null,
    address: b.group?.id ?? b.contact.id,
    text: b.text ?? "",
    ...(b.attachments?.length && { uploads: { by: { userId: who.id }, ids: b.attachments } }),
    // A clock that runs ahead must not put a message into the future, where it would stay the last one.
    sentAt: b.sentAt ? new Date(Math.min(b.sentAt.getTime(), now.getTime())) : null,
    replyTo: b.replyTo ?? null,
    categoryIds: b.categoryIds ?? null,
    campaignShipmentId: b.campaignShipmentId ?? null,
    assigneeId: b.assigneeId ?? null,
    bot: b.bot,
  }
}

async function show(kit: Kit, who: Principal, inbound: InboundMessage, received: ReceivedMessage) {
  const { action, why } = received.decision
  return {
    ...(await visibleToSource(kit, who, inbound, received)),
    decision: { action, because: decisionText(why), code: why.code, inputs: why.inputs },
  }
}
