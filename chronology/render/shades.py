"""An agency's colours, safe for the colour-blind and legible by WCAG AA; never used alone."""

from chronology.account import Agency
from chronology.render.shown import Shade

#: The strong colour is at least 4.5:1 on white, black on the pale one at least 7:1.
SHADES: dict[Agency, Shade] = {
    Agency.SOCIAL_CARE: Shade("#12436D", "#DCE8F2", "circle"),
    Agency.HEALTH: Shade("#1A746C", "#D9F0ED", "square"),
    Agency.POLICE: Shade("#801650", "#F5DCE8", "diamond"),
    Agency.EDUCATION: Shade("#B4480C", "#FDE6D8", "triangle"),
    Agency.OTHER: Shade("#5B3F8F", "#EAE3F5", "cross"),
}

#: What several agencies tell of belongs to none of them.
SEVERAL = Shade("#3D3D3D", "#EDEDED", "circle")
