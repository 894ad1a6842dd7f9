// Tabs as the ARIA Authoring Practices have them: arrows move, one tab stop.

export const makeTabs = (list) => {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const select = (chosen) => {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !isChosen;
    }
  };
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(document.activeElement);
    if (at < 0) return;
    let to = null;
    if (event.key in steps) to = (at + steps[event.key] + tabs.length) % tabs.length;
    if (event.key === "Home") to = 0;
    if (event.key === "End") to = tabs.length - 1;
    if (to === null) return;
    event.preventDefault();
    tabs[to].focus();
    select(tabs[to]);
  });
  for (const tab of tabs) tab.addEventListener("click", () => select(tab));
  select(tabs[0]);
};
