// Somebody in the chat, over HTTP as the widget speaks.
import { randomUUID } from "node:crypto"

/** A new visitor of that chat; says what they are given to say. */
export async function openChatVisitor(url: string, chatId: string) {
  const post = async (path: string, body: object, token?: string) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) }
    const answer = await fetch(`${url}/chat/${chatId}/${path}`, { method: "POST", headers, body: JSON.stringify(body) })
    return (await answer.json()) as { token: string }
  }
  const { token } = await post("visitor", {})
  return { say: (text: string) => post("messages", { clientId: randomUUID(), text }, token) }
}
