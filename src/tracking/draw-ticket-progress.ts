// How a ticket stands, drawn for somebody outside: the line with its steps, what happened when, and how it was resolved.
import { html, type Html } from "#kernel/http/html-template.ts"
import type { Story } from "./story-of-ticket.ts"
import type { Speech } from "./send-page.ts"
import { locales, type TextId } from "#texts/languages-and-text-ids.ts"

const stations = ["created", "in_progress", "resolved", "closed"] as const
const reached: Record<string, number> = { new: 0, active: 1, waiting: 1, resolved: 2, closed: 3 }

/** `timezone`: in which times are written where no script says them in the reader's own. */
export function drawStory(story: Story, speech: Speech, timezone: string): Html {
  const { t } = speech
  return html`<section aria-labelledby="story">
    <h2 id="story" tabindex="-1"><span class="number">${story.number}</span> ${story.subject}</h2>
    <p class="status" data-phase="${story.phase}">${t(`trackPage.phase.${story.phase}` as TextId)}</p>
    ${drawSteps(story, speech)}
    <h3>${t("trackPage.timeline")}</h3>
    <ol class="timeline">
      ${story.timeline.map(
        ({ step, at }) =>
          html`<li data-step="${step}">
            <span>${t(`trackPage.step.${step}`)}</span> ${drawTime(at, speech, timezone)}
          </li>`,
      )}
    </ol>
    ${
      story.resolutionNotes !== null &&
      html`<h3>${t("trackPage.resolution")}</h3>
        <p class="words">${story.resolutionNotes}</p>`
    }
  </section>`
}

function drawSteps({ phase }: Story, { t }: Speech): Html {
  const now = reached[phase] ?? 0
  const state = (n: number) => (n < now ? "done" : n === now ? "now" : "ahead")
  return html`<ol class="stepper" aria-label="${t("trackPage.progress")}">
    ${stations.map(
      (step, n) =>
        html`<li data-is="${state(n)}" ${n === now && html`aria-current="step"`}>${t(`trackPage.step.${step}`)}</li>`,
    )}
  </ol>`
}

export function drawTime(at: Date, { language }: Speech, timeZone: string): Html {
  const format = new Intl.DateTimeFormat(locales[language], {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  })
  return html`<time datetime="${at.toISOString()}">${format.format(at)}</time>`
}
