// Is the number really connected? Asks Meta now.
import type { ChannelAccount, LiveCheck, LiveChecks } from "../channel.ts"
import { callGraph, type GraphAnswer } from "./graph-api.ts"
import { classifySendFailure } from "./classify-send-failure.ts"
import { accountOf } from "./send-message-and-read-receipt.ts"

export async function checkNumber(account: ChannelAccount, lastArrival: string | null): Promise<LiveChecks> {
  const { phoneNumberId, wabaId } = account.settings
  const graph = accountOf(account)
  const number = await callGraph(graph, "GET", `${String(phoneNumberId)}?fields=display_phone_number,verified_name`)
  const templates =
    typeof wabaId === "string" ? await callGraph(graph, "GET", `${wabaId}/message_templates?limit=1`) : null
  const needed: LiveCheck[] = [
    {
      name: "token",
      ok: number.state === "ok" || isAboutNumber(number),
      detail: isAboutNumber(number) ? "" : said(number),
    },
    { name: "number", ok: number.state === "ok", detail: number.state === "ok" ? numberOf(number.body) : said(number) },
  ]
  const others: LiveCheck[] = [
    webhookCheck(account, lastArrival),
    templates
      ? { name: "templates", ok: templates.state === "ok", detail: said(templates) }
      : { name: "templates", ok: false, detail: "no_waba_id" },
  ]
  return { checks: [...needed, ...others], canSend: needed.every(({ ok }) => ok) }
}

// The token was good enough to learn that the number is not ours.
const isAboutNumber = (answer: GraphAnswer) =>
  answer.state === "refused" &&
  classifySendFailure(answer).class !== "account" &&
  classifySendFailure(answer).class !== "transient"

const said = (answer: GraphAnswer) => {
  if (answer.state === "ok") return ""
  return answer.state === "refused"
    ? `${classifySendFailure(answer).reasonCode} ${answer.code ?? answer.httpStatus}`
    : answer.state
}

const numberOf = (body: Record<string, unknown>) =>
  [body["display_phone_number"], body["verified_name"]].filter((it) => typeof it === "string").join(" · ")

/** Meta's side cannot be asked whether it reaches us: what has arrived is the proof, its handshake included. */
function webhookCheck({ secrets }: ChannelAccount, lastArrival: string | null): LiveCheck {
  const name = "webhook"
  if (!secrets["appSecret"]) return { name, ok: false, detail: "no_app_secret" }
  if (!secrets["verifyToken"]) return { name, ok: false, detail: "no_verify_token" }
  return { name, ok: lastArrival !== null, detail: lastArrival ?? "nothing_arrived" }
}
