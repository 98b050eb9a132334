const who = { name: "Carla", email: "carla@example.com" }

/** Bodies of a visitor's routes. */
export const chatSamples: Record<string, Record<string, unknown>> = {
  "POST /chat/:id/visitor": {},
  "POST /chat/:id/messages": {
    clientId: "client-1234",
    text: "hola",
    page: "https://shop.example/cart",
    referrer: "",
    language: "es-CO",
    answers: [{ id: "q1", text: "G-12" }],
    ...who,
  },
  "POST /chat/:id/introduction": who,
  "POST /chat/:id/seen": { messageId: "msg_1" },
  "POST /chat/:id/transcript": { email: who.email, language: "es" },
  "POST /chat/:id/transcript/confirmation": { token: "abc" },
  "POST /chat/:id/tickets": { subject: "Caja rota", text: "No enciende", ...who },
}
