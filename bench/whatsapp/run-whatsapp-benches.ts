// The questions about WhatsApp, and their answers on the page.
import type { BenchPostgres } from "../postgres-for-bench.ts"
import { failuresOf, type LoadFigures, medianOf } from "../closed-loop-load.ts"
import { benchCampaign, type CampaignResult } from "./campaign-through-power-cuts.ts"
import { benchWebhook } from "./webhook-throughput.ts"
import { benchStoredDeliveries, type StoredDeliveriesResult } from "./process-stored-webhooks.ts"
import { benchWebhookToScreen } from "./webhook-to-screen.ts"

export type WhatsAppScale = {
  webhook: { seconds: number; rounds: number }
  drain: { deliveries: number; rounds: number; seconds: number }
  screen: { perSecond: number; seconds: number; sockets: number }
  contacts: number
}

export type WhatsAppResult = {
  webhookLoad: { webhook: LoadFigures; api: LoadFigures }
  drain: StoredDeliveriesResult
  screen: LoadFigures
  campaign: CampaignResult
}

export async function benchWhatsApp(ground: BenchPostgres, scale: WhatsAppScale): Promise<WhatsAppResult> {
  const rounds = await benchWebhook(ground, scale.webhook)
  const middle = (of: "webhook" | "api") => medianOf(rounds.map((round) => round[of]))
  return {
    webhookLoad: { webhook: middle("webhook"), api: middle("api") },
    drain: await benchStoredDeliveries(ground, scale.drain),
    screen: await benchWebhookToScreen(ground, scale.screen),
    campaign: await benchCampaign(ground, scale.contacts),
  }
}

export function whatsappPart({ webhookLoad, drain, screen, campaign: c }: WhatsAppResult): string[] {
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`
  const { webhook, api } = webhookLoad
  return [
    "## WhatsApp",
    `**Webhook**, 32 clients, with intake at work behind it: ${webhook.perSecond.toFixed(0)} deliveries a second, ${percent(webhook.perSecond / api.perSecond)} of the API on the same server (${api.perSecond.toFixed(0)}); p50 ${webhook.p50.toFixed(1)} ms, p99 ${webhook.p99.toFixed(1)} ms${failuresOf(webhook)}. Goal: 150 %, p99 ≤ 100 ms.`,
    `**Stored deliveries**, ${drain.deliveries.toLocaleString("en")} with one message each, processed by one server: ${drain.drained.toFixed(0)} messages a second, ${percent(drain.drained / drain.lean)} of the leanest SQL at 32 clients (${drain.lean.toFixed(0)}). Goal: 100 %.`,
    `**From webhook to screen** at a steady pace: p50 ${screen.p50.toFixed(0)} ms, p99 ${screen.p99.toFixed(0)} ms, ${screen.count} heard, ${screen.errors} missing. Goal: p99 ≤ 500 ms at 100 messages a second.`,
    `**Campaign** to ${c.contacts.toLocaleString("en")} at the number's 80 a second, the server killed ${c.kills} times: ${c.seconds.toFixed(0)} s, ${c.doubles} written to twice, ${c.sent} sent, ${c.unknown} under way when the power went (unknown, never sent again), ${c.missing} missing. Goal: nobody twice.`,
  ]
}
