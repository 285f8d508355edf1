/* Colours, contents on a phone, search dialog, tables. Every page reads well without it. */
"use strict";
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  // Storage is refused in some private windows and when pages are opened from a folder.
  const remembered = () => { try { return localStorage.getItem("sb-theme"); } catch { return null; } };
  const remember = (theme) => { try { localStorage.setItem("sb-theme", theme); } catch { /* the choice lasts for this page */ } };

  // Before the page is drawn, so that it does not flash.
  root.classList.add("sb-js");
  root.dataset.theme = remembered() || (dark.matches ? "dark" : "light");

  const setUpTheme = () => {
    const button = document.querySelector('[data-sb="theme"]');
    const show = () => button.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
    button.addEventListener("click", () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      remember(root.dataset.theme);
      show();
    });
    dark.addEventListener("change", () => {
      if (remembered()) return;
      root.dataset.theme = dark.matches ? "dark" : "light";
      show();
    });
    show();
  };

  const setUpMenu = () => {
    const button = document.querySelector('[data-sb="menu"]');
    const nav = document.getElementById("sb-nav");
    const open = (yes) => {
      button.setAttribute("aria-expanded", String(yes));
      nav.classList.toggle("sb-open", yes);
    };
    button.addEventListener("click", () => open(!nav.classList.contains("sb-open")));
    nav.addEventListener("click", (event) => { if (event.target.hash) open(false); });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !nav.classList.contains("sb-open")) return;
      open(false);
      button.focus();
    });
  };

  const setUpSearch = () => {
    const dialog = document.getElementById("sb-search");
    document.querySelector('[data-sb="search"]').addEventListener("click", () => {
      dialog.showModal();
      dialog.querySelector("input").focus();
    });
    // A click beside the dialog closes it.
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  };

  // A table or formula that fits needs no stop for the keyboard; one that scrolls does.
  const setUpFrames = () => {
    const fit = (frame) => {
      if (frame.scrollWidth > frame.clientWidth + 1) frame.setAttribute("tabindex", "0");
      else frame.removeAttribute("tabindex");
    };
    // Also told of a frame that comes to light when something folded is opened.
    const observer = new ResizeObserver((seen) => seen.forEach(({ target }) => fit(target)));
    document.querySelectorAll(".sb-table[tabindex], .sb-formula[tabindex]")
      .forEach((frame) => observer.observe(frame));
  };

  document.addEventListener("DOMContentLoaded", () => {
    setUpTheme();
    setUpMenu();
    setUpSearch();
    setUpFrames();
  });
})();
