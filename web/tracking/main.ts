// What the pages do without this, they do here without leaving the page: on a line that breaks, what was written stays. And
// times are said in the reader's own zone.
const patienceMs = 30_000
// As slow as the server lets a file come.
const slowestBytesPerMs = 8

sayTimes()
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement
  if (!("inPlace" in form.dataset)) return
  event.preventDefault()
  const button = form.querySelector("button")!
  if (button.ariaDisabled !== "true") void submit(form, button)
})

function sayTimes() {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })
  for (const time of document.querySelectorAll("time")) time.textContent = format.format(new Date(time.dateTime))
}

async function submit(form: HTMLFormElement, button: HTMLButtonElement) {
  const failure = form.querySelector<HTMLElement>("[data-failure]")
  if (failure) failure.hidden = true
  button.ariaDisabled = "true"
  const main = await answerTo(form)
  button.ariaDisabled = null
  if (main) return show(main)
  if (failure) failure.hidden = false
}

const isText = (field: [string, FormDataEntryValue]): field is [string, string] => typeof field[1] === "string"
const bytesIn = (fields: FormData) =>
  [...fields.values()].reduce((sum, value) => sum + (typeof value === "string" ? 0 : value.size), 0)

/** What the server shows instead; null when nobody knows whether it has the form: the same one may be sent again. */
async function answerTo(form: HTMLFormElement): Promise<Element | null> {
  const fields = new FormData(form)
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: form.enctype === "multipart/form-data" ? fields : new URLSearchParams([...fields].filter(isText)),
      signal: AbortSignal.timeout(patienceMs + bytesIn(fields) / slowestBytesPerMs),
    })
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    return response.status < 500 ? page.querySelector("main") : null
  } catch {
    return null
  }
}

function show(main: Element) {
  document.querySelector("main")!.replaceWith(main)
  sayTimes()
  const said = main.querySelector<HTMLElement>("#problem") ?? main.querySelector<HTMLElement>("[tabindex]")
  scrollTo(0, 0)
  said?.focus()
}
