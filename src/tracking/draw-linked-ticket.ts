import { html, Html } from "#kernel/http/html-template.ts"
import { maxFormFiles } from "#files/index.ts"
import { newSecret } from "#kernel/ids.ts"
import { listMessages, type Message } from "#messages/index.ts"
import { readSetting } from "#settings/index.ts"
import { messageScope } from "#tickets/index.ts"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import { drawStory, drawTime } from "./draw-ticket-progress.ts"
import { storyOf } from "./story-of-ticket.ts"
import { type LinkKit, longestReply, type Session } from "./session-of-link.ts"
import { drawFailure, type Speech } from "./send-page.ts"

const newest = 100

type RefusedForm = { problem: TextId; what: "reply" | "survey"; text: string; comment: string }

/** `refused`: what was written and could not be taken, and why. */
export async function drawLinkedTicket(
  kit: LinkKit,
  { viewer }: Session,
  speech: Speech,
  refused?: RefusedForm,
): Promise<Html> {
  const key = newSecret("frm_", 12)
  const story = await storyOf(kit.db.kysely, viewer.ticketId)
  if (story === null) return html``
  const timezone = await readSetting(kit.db, "timezone")
  const page = { order: "desc", limit: newest, now: kit.now(), readerId: viewer.id, internal: false } as const
  const { items } = await listMessages(kit.db, { ...(await messageScope(kit.db, viewer, viewer.ticketId)), ...page })
  const isOver = story.phase === "resolved" || story.phase === "closed"
  const question = await kit.survey.question(kit.db, viewer.ticketId, kit.now(), speech.language)
  const { t } = speech
  return html`${drawStory(story, speech, timezone)}
    <section aria-labelledby="messages">
      <h3 id="messages">${t("trackPage.messages")}</h3>
      ${items.length === 0 && html`<p class="intro">${t("trackPage.noMessages")}</p>`}
      <ol class="messages">
        ${items.toReversed().map((message) => drawMessage(message, speech, timezone))}
      </ol>
    </section>
    ${question !== null && drawSurvey(speech, key, question, refused)} ${drawReplyBox(speech, key, isOver, refused)}`
}

const scores = [1, 2, 3, 4, 5] as const

function drawSurvey({ language, t }: Speech, key: string, question: string, refusedForm?: RefusedForm): Html {
  const refused = refusedForm?.what === "survey" ? refusedForm : undefined
  return html`<form method="post" action="/track/ticket?lang=${language}" novalidate data-in-place>
    <input type="hidden" name="key" value="${key}-survey" />
    <input type="hidden" name="what" value="survey" />
    <fieldset>
      <legend>${question}</legend>
      ${refused !== undefined && drawProblem(t(refused.problem))}
      ${scores.map(
        (score) =>
          html`<label class="score"
            ><input type="radio" name="score" value="${score}" required /> ${t(`surveyPage.score.${score}`)}</label
          >`,
      )}
    </fieldset>
    <label for="comment">${t("surveyPage.comment")}</label>
    <textarea id="comment" name="comment" rows="2" maxlength="2000" dir="auto">${refused?.comment ?? ""}</textarea>
    ${drawFailure(t)}
    <button>${t("surveyPage.send")}</button>
  </form>`
}

const drawProblem = (text: string) => html`<p role="alert" class="problem" id="problem" tabindex="-1">${text}</p>`

function drawMessage(message: Message, speech: Speech, timezone: string): Html {
  const { direction, sender, content, contentHtml, attachments, sentAt } = message
  const { t } = speech
  const author =
    direction === "in" ? t("trackPage.you") : (sender.type === "user" && sender.name) || t("portal.support")
  return html`<li data-from="${direction === "in" ? "you" : "us"}">
    <p class="author"><b>${author}</b> ${drawTime(sentAt, speech, timezone)}</p>
    ${
      contentHtml === null
        ? html`<p class="words">${content}</p>`
        : // Made by the sanitiser; its pictures are asked for with the cookie of the link.
          html`<div class="prose">${new Html(contentHtml.replaceAll("/api/v1/attachments/", "/track/files/"))}</div>`
    }
    ${
      attachments.length > 0 &&
      html`<ul class="files">
        ${attachments
          .filter(({ state }) => state === "stored")
          .map(({ id, name }) => html`<li><a href="/track/files/${id}" download>${name}</a></li>`)}
      </ul>`
    }
  </li>`
}

function drawReplyBox({ language, t }: Speech, key: string, isOver: boolean, refusedForm?: RefusedForm): Html {
  const refused = refusedForm?.what === "reply" ? refusedForm : undefined
  const action = `/track/ticket?lang=${language}`
  return html`<form method="post" action="${action}" enctype="multipart/form-data" data-in-place>
      <input type="hidden" name="key" value="${key}" />
      <input type="hidden" name="what" value="reply" />
      ${refused !== undefined && drawProblem(t(refused.problem))}
      <label for="text">${t(isOver ? "trackPage.replyReopens" : "trackPage.reply")}</label>
      <textarea
        id="text"
        name="text"
        rows="4"
        maxlength="${longestReply}"
        dir="auto"
        ${refused !== undefined && html`aria-describedby="problem"`}
      >
${refused?.text ?? ""}</textarea>
      <label for="files">${t("trackPage.files")}</label>
      <input id="files" type="file" name="file" multiple aria-describedby="files-limit" />
      <p id="files-limit" class="intro">${t("file.limits", { most: maxFormFiles })}</p>
      ${drawFailure(t)}
      <button>${t("trackPage.send")}</button>
    </form>
    ${
      isOver &&
      html`<form method="post" action="${action}" data-in-place>
        <input type="hidden" name="key" value="${key}-reopen" />
        <input type="hidden" name="what" value="reopen" />
        <p>${t("trackPage.reopenText")}</p>
        ${drawFailure(t)}
        <button class="quiet">${t("trackPage.reopen")}</button>
      </form>`
    }`
}
