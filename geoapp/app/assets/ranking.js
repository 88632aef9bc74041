// How the ranking table writes the name of a unit: two lines of plain text.
"use strict";
window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};
window.dashAgGridComponentFunctions.UnitName = function (props) {
  return React.createElement("div", { className: "unit-name" }, [
    React.createElement("b", { key: "name" }, props.data.name),
    React.createElement("small", { key: "place" }, props.data.place),
  ]);
};
