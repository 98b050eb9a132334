// What open screens cost and how soon they show a message: sockets alone, the web's own code, and real windows.
import type { ChromiumScreens } from "../message-to-row-in-chromium.ts"
import type { LoadFigures } from "../closed-loop-load.ts"
import type { ScreensRow } from "../cost-of-open-inboxes.ts"

export function livePart({ sockets, figures: f }: { sockets: number; figures: LoadFigures }): string[] {
  return [
    "## On other screens",
    `${sockets} sockets of staff, ten messages a second: from the HTTP answer to the event at each socket p50 ${f.p50.toFixed(0)} ms, p99 ${f.p99.toFixed(0)} ms; ${f.count} events heard, ${f.errors} missing. Goal: p99 ≤ 150 ms.`,
  ]
}

export function screensPart(rows: ScreensRow[]): string[] {
  const [first, last] = [rows.at(-2)!, rows.at(-1)!]
  const each = (last.msPerMessage - first.msPerMessage) / (last.screens - first.screens)
  const lines = rows.map(
    ({ screens, msPerMessage, cores, requests, figures: f }) =>
      `| ${screens} | ${msPerMessage.toFixed(1)} ms | ${cores.toFixed(2)} | ${requests} | ${f.p50.toFixed(0)} ms | ${f.p99.toFixed(0)} ms | ${f.errors} |`,
  )
  return [
    "## Open inboxes",
    `Ten messages a second, screens run by the web's own code in one process beside. Each further open inbox costs the server ${each.toFixed(2)} ms of processor per message. Goals: 0.4 ms each; at 100 screens half a core and p99 ≤ 300 ms.`,
    [
      "| screens | processor per message | cores | requests | on screen p50 | p99 | missing |",
      "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
      ...lines,
    ].join("\n"),
  ]
}

export function chromiumScreensPart(found: ChromiumScreens): string[] {
  const { pages, messages, figures: f, slowestP99, requests, msPerMessage } = found
  const missed = slowestP99 <= 300 && f.errors === 0 ? "" : " – missed"
  return [
    "## Open inboxes in Chromium",
    `${pages} pages of a real Chromium with an inbox of 50 tickets, ${messages} messages at ten a second; Chromium draws every page on the cores that Hilo and PostgreSQL use, so the run is short and the delays hold the pages' own wait for a processor. From the sending of a message, before its commit, to its row in a page: p50 ${f.p50.toFixed(0)} ms, p99 ${f.p99.toFixed(0)} ms, on the slowest page ${slowestP99.toFixed(0)} ms; ${f.count} rows seen, ${f.errors} missing. The pages made ${requests} requests, one each for the ticket that stays on top when the messages end; a message cost the server ${msPerMessage.toFixed(1)} ms of processor. Goal: p99 ≤ 300 ms after the commit on every page${missed}.`,
  ]
}
