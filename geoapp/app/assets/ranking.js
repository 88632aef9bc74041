// How the ranking table draws its cells: two lines of plain text, and the range of a score.
"use strict";
window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};
(function (components) {
  components.UnitName = function (props) {
    return React.createElement("div", { className: "unit-name" }, [
      React.createElement("b", { key: "name" }, props.data.n),
      React.createElement("small", { key: "place" }, props.data.p),
    ]);
  };

  // From low to high on a line of 0 to 100; a dot where the score stands.
  components.ScoreRange = function (props) {
    const { l: low, h: high, r: rank } = props.data;
    const score = rank === "–" ? null : Number(props.data.s);
    const parts = [
      React.createElement("line", { key: "axis", className: "axis", x1: 0, x2: 100, y1: 8, y2: 8 }),
      React.createElement("line", { key: "range", className: "range", x1: low, x2: high, y1: 8, y2: 8 }),
    ];
    if (score !== null) {
      parts.push(React.createElement("circle", { key: "score", className: "dot", cx: score, cy: 8, r: 5 }));
    }
    const words = low.toFixed(1) + "–" + high.toFixed(1);
    return React.createElement(
      "svg", { className: "score-range", viewBox: "-6 0 112 16", role: "img", "aria-label": words }, parts);
  };
})(window.dashAgGridComponentFunctions);
