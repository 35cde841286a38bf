// The one thing that needs a script: the token of a sign-in link stands behind the # of the address,
// where no server and no preview sees it. It leaves the address bar at once and waits for a press.
"use strict";
(() => {
  const door = document.getElementById("door"), token = document.getElementById("token");
  const how = document.getElementById("how");

  function take() {
    const found = location.hash.slice(1);
    if (!/^[\w-]{22}$/.test(found)) return;
    history.replaceState(null, "", location.pathname + location.search);
    token.value = found;
    door.hidden = false;
    if (how) how.hidden = true;
    door.querySelector("button").focus();
  }

  take();
  addEventListener("hashchange", take); // the link was opened where a page of ours stood already
})();
