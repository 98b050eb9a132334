/** The thread, contact or message is no longer what the plan was made for. Shaped as the database's own refusal, so that one loop handles both. */
export const lostRaceError = (about: "thread" | "contact" | "message") =>
  Object.assign(new Error(`the ${about} changed while it was looked at`), {
    code: "23505",
    constraint: `lost ${about}`,
  })
