// The sheet beside the form follows what is typed: the form is sent to a fresh hidden frame, which
// takes the place of the old one once it is drawn. Without this file the button under the form does it.
(() => {
  const form = document.getElementById("sheet-form");
  if (!form) return;
  const place = document.querySelector(".shown");
  const status = form.querySelector(".status");
  let turn = 0;
  let waiting = 0;

  // A number half typed is not yet wrong: the field that is being typed in is told after a pause.
  const tell = (wrong, mine) => {
    for (const told of form.querySelectorAll("[data-field]")) {
      const text = wrong.get(told.dataset.field) || "";
      const field = told.closest(".field");
      const typing = text && field?.contains(document.activeElement);
      setTimeout(() => mine === turn && say(told, field, text), typing ? 900 : 0);
    }
  };

  const say = (told, field, text) => {
    if (told.textContent !== text) told.textContent = text;
    if (!field) return void (told.hidden = !text);
    field.classList.toggle("wrong", Boolean(text));
    const input = field.querySelector("input, textarea");
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };

  const settle = (frame, mine) => {
    const inside = frame.contentDocument;
    if (mine !== turn || !inside) return frame.remove();
    const wrong = new Map(
      [...inside.querySelectorAll("[data-field]")].map((one) => [one.dataset.field, one.textContent]),
    );
    tell(wrong, mine);
    if (wrong.size) return frame.remove();
    const old = place.querySelector("iframe:not([hidden])");
    const down = old?.contentWindow?.scrollY || 0;
    frame.hidden = false;
    frame.name = "sheet";
    frame.contentWindow.scrollTo(0, down);
    old?.remove();
    performance.mark("sheet-shown");
  };

  const show = () => {
    const mine = ++turn;
    const frame = document.createElement("iframe");
    frame.hidden = true;
    frame.name = `sheet-${mine}`;
    frame.title = place.querySelector("iframe").title;
    frame.setAttribute("sandbox", "allow-same-origin");
    place.append(frame);
    frame.addEventListener("load", () => {
      if (frame.contentWindow.location.href !== "about:blank") settle(frame, mine);
    });
    const [action, target] = [form.action, form.target];
    form.action = form.dataset.live;
    form.target = frame.name;
    performance.mark("sheet-asked");
    form.submit();
    form.action = action;
    form.target = target;
  };

  form.querySelector(".refresh").hidden = true;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    const typing = event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
    waiting = setTimeout(show, typing ? 180 : 0);
  });
  if (new URLSearchParams(location.search).size === 0) form.reset();

  const copy = form.querySelector(".copy");
  copy?.addEventListener("click", async (event) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.set("format", "txt");
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok) return show();
    await navigator.clipboard.writeText(await answer.text());
    status.textContent = copy.dataset.done;
  });
})();
