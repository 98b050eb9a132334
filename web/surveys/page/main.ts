// What the form does without this, it does here without leaving the page: on a line that breaks, what was written stays.
const page = document.querySelector("main")!
const form = document.querySelector("form")!
const button = form.querySelector("button")!
const patienceMs = 30_000

form.addEventListener("submit", (event) => {
  event.preventDefault()
  if (button.ariaDisabled !== "true") void submit()
})

form.addEventListener("change", () => {
  if (page.dataset["problem"] === "missing") say(null)
})

async function submit() {
  const fields = new FormData(form)
  const score = fields.get("score")
  if (score === null) {
    form.querySelector("input")!.focus()
    return say("missing")
  }
  say(null)
  button.ariaDisabled = "true"
  const trouble = await send({ score: Number(score), comment: textOf(fields.get("comment")) })
  button.ariaDisabled = null
  if (trouble === "over") return end("over")
  if (trouble) return say(trouble)
  end("done")
}

/** The form is gone, and the focus with it: that goes to what stands there instead. */
function end(how: "done" | "over") {
  page.dataset["is"] = how
  document.querySelector<HTMLElement>(`#${how}`)!.focus()
}

const textOf = (value: FormDataEntryValue | null) => (typeof value === "string" ? value : "")

type Trouble = "network" | "other" | "too_many"

async function send(answer: { score: number; comment: string }): Promise<Trouble | "over" | null> {
  try {
    const response = await fetch(`/api/v1/surveys/${location.pathname.split("/").at(-1)}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(answer),
      signal: AbortSignal.timeout(patienceMs),
    })
    // The answer to an earlier try was lost: the first one stands.
    if (response.ok || response.status === 409) return null
    if (response.status === 429) return "too_many"
    if (response.status === 404) return "over"
    return response.status === 503 ? "network" : "other"
  } catch {
    return "network"
  }
}

function say(trouble: Trouble | "missing" | null) {
  page.dataset["problem"] = trouble ?? ""
}
