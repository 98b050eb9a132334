import type { Story } from "./story.ts"

export const englishStories: Story[] = [
  {
    category: "shipping",
    lines: [
      [
        "customer",
        "Hi there, my order {order} was supposed to arrive on Friday and it's still not here",
        "Hello! Tracking for {guide} hasn't moved in four days. Is it lost?",
      ],
      ["agent", "Hi {name}, I'm {agent}. Let me check {guide} with the courier, one moment."],
      ["note", "Held at customs in {city}: they want the commercial invoice. Sent it."],
      [
        "agent",
        "It was held at customs in {city} because one document was missing. We have sent it, and the courier expects to deliver **within two days**.",
      ],
      ["customer", "Okay, thank you for being honest about it", "Fine. Please keep me posted"],
      ["agent", "I will write to you as soon as it is out for delivery."],
    ],
  },
  {
    category: "returns",
    lines: [
      [
        "customer",
        "I ordered {product} in size {size} but I need one size up. How do exchanges work?",
        "Wrong size again 😅 can I swap {product} for a {size}?",
      ],
      ["agent", "Hi {name}! No problem, exchanges are free for 30 days. Do you still have the tags on?"],
      ["customer", "Yes, never worn"],
      ["agent", "Great. I have e-mailed you a return label; the new size ships as soon as the courier scans it."],
      ["customer", "That was quick, cheers"],
    ],
  },
  {
    category: "refund",
    priority: "high",
    tags: ["reembolso"],
    lines: [
      ["customer", "I returned {product} three weeks ago and still no refund. Order {order}."],
      ["agent", "Hi {name}, sorry about the wait. I can see the parcel reached us; I'm asking accounting right now."],
      ["note", "Refund of {amount} was stuck because the card expired. Customer needs to give us another method."],
      [
        "agent",
        "Your refund of **{amount}** bounced because the card has expired. Would store credit or a bank transfer suit you?",
      ],
      ["customer", "Bank transfer please"],
      ["agent", "Done. It takes 2–3 working days."],
    ],
  },
  {
    category: "warranty",
    tags: ["garantía"],
    lines: [
      [
        "customer",
        "{product} stopped working after two months. Is that covered?",
        "The zip on {product} broke on day three 😞",
      ],
      ["customer", "Order {order}, bought from your site"],
      ["agent", "Hi {name}, it is covered for a year. Could you tell me what happens when you use it?"],
      ["customer", "It just gives up after a minute. I have tried everything in the manual"],
      ["agent", "Thank you, that's all I need. A replacement goes out today under {guide}; keep the old one."],
      ["customer", "Wow, thank you!"],
    ],
  },
  {
    category: "address",
    lines: [
      ["customer", "Can I still change the delivery address of {order}?"],
      ["agent", "Yes, if you tell me within the hour. Where should it go?"],
      ["customer", "{street}, {city}"],
      ["agent", "Changed. The new tracking number is {guide}."],
      ["customer", "Lifesaver 🙏"],
    ],
  },
  {
    category: "sales",
    isSales: true,
    lines: [
      ["customer", "Do you ship {product} to {city}?", "Hi, do you have {product} in {colour}?"],
      ["agent", "Hi {name}, we do. It takes 5–7 working days and shipping is free above {amount}."],
      ["customer", "Brilliant, placing the order now"],
    ],
  },
]
