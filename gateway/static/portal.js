// What gets better with scripts; without them everything here works by links, forms and <details>.
"use strict";

// Menus close by Escape and by a click elsewhere.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    if (menu !== except && !menu.contains(except)) menu.open = false;
  }
};
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-closes][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Browsers that cannot show a closed disclosure's contents by style alone: open the side menu beside wide pages.
const drawer = document.querySelector("details.drawer");
if (drawer && !CSS.supports("selector(::details-content)")) {
  const wide = matchMedia("(min-width: 60.01em)");
  const follow = () => { drawer.open = wide.matches; };
  wide.addEventListener("change", follow);
  follow();
}

// Links that open a dialog lead to a page of their own otherwise.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  const closer = event.target.closest("[data-closes-dialog]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
});

// A choice in a filter takes effect at once.
document.addEventListener("change", (event) => {
  const filter = event.target.closest("form.filter");
  if (filter) filter.requestSubmit();
});

// After a form was refused, reading starts at what is wrong.
document.querySelector(".summary")?.focus();
