// How the ranking table draws its cells: two lines of plain text, and the range of a place.
"use strict";
window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};
(function (components) {
  components.UnitName = function (props) {
    return React.createElement("div", { className: "unit-name" }, [
      React.createElement("b", { key: "name" }, props.data.n),
      React.createElement("small", { key: "place" }, props.data.place),
    ]);
  };

  // Places from the 5th to the 95th percentile on a line that gives the first ones the most room.
  components.RankRange = function (props) {
    const { l: low, h: high, r: rank, last, told, v: instead } = props.data;
    if (rank === "–") return "–";
    if (low === null) return React.createElement("small", { className: "rank-wait" }, instead);
    const along = (place) => last > 1 ? (100 * Math.log(place)) / Math.log(last) : 0;
    const line = (name, from, to) =>
      React.createElement("line", { key: name, className: name, x1: from, x2: to, y1: 8, y2: 8 });
    return React.createElement("div", { className: "rank-range" }, [
      React.createElement("svg", { key: "line", viewBox: "-6 0 112 16", preserveAspectRatio: "none", "aria-hidden": "true" }, [
        line("axis", 0, 100),
        line("range", along(low), along(high)),
        React.createElement("circle", { key: "place", className: "dot", cx: along(rank), cy: 8, r: 5 }),
      ]),
      React.createElement("small", { key: "places", title: told }, low === high ? low : low + "–" + high),
    ]);
  };
})(window.dashAgGridComponentFunctions);
