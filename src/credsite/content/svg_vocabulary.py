"""What an SVG picture may be made of: elements, attributes, functions of CSS, and the data that it may carry.

Nothing in these lists runs a program, and nothing loads a file. What they lack is refused, whatever it would do.
"""

from __future__ import annotations

from typing import Final


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMESPACE: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
XML: Final = "http://www.w3.org/XML/1998/namespace"
INERT_NAMESPACES: Final = _names(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns# http://www.w3.org/2000/01/rdf-schema#"
)
"""Namespaces of the W3C that mean nothing to browsers. To all others of the W3C they give a meaning."""

ELEMENTS: Final = _names(
    # structure, words about the picture
    "svg g defs symbol use switch a view title desc metadata style"
    # shapes, text, pictures
    " path rect circle ellipse line polyline polygon text tspan textPath image"
    " flowRoot flowRegion flowRegionExclude flowPara flowSpan flowDiv flowLine"
    # paint
    " linearGradient radialGradient stop pattern marker mask clipPath"
    " meshgradient meshGradient meshrow meshpatch hatch hatchpath hatchPath solidcolor solidColor"
    # filters
    " filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap"
    " feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode"
    " feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence"
    # letters that the picture brings with it
    " font font-face font-face-src font-face-name font-face-format glyph missing-glyph hkern vkern"
    # movement
    " animate animateColor animateMotion animateTransform mpath set"
)

SHOWING: Final = _names("use feImage pattern")
"""Elements that show what their ``href`` names."""

_PRESENTATION: Final = _names(
    "alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters"
    " color-profile color-rendering cursor direction display dominant-baseline enable-background fill fill-opacity"
    " fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-kerning font-size"
    " font-size-adjust font-stretch font-style font-variant font-variation-settings font-weight"
    " glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning letter-spacing"
    " lighting-color line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow"
    " paint-order pointer-events shape-inside shape-margin shape-padding shape-rendering shape-subtract solid-color"
    " solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin"
    " stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration text-decoration-color"
    " text-decoration-line text-decoration-style text-indent text-overflow buffered-rendering inline-size"
    " text-orientation text-rendering text-transform transform transform-box transform-origin unicode-bidi vector-effect"
    " visibility white-space word-spacing writing-mode"
)
_GEOMETRY: Final = _names(
    "amplitude azimuth baseFrequency bias cx cy d diffuseConstant divisor dx dy edgeMode elevation exponent filterUnits fr"
    " fx fy gradientTransform gradientUnits height in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength"
    " lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits mode numOctaves offset"
    " operator order orient path pathLength patternContentUnits patternTransform patternUnits points pointsAtX pointsAtY"
    " pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY result rotate rx ry scale seed slope"
    " spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale tableValues"
    " targetX targetY textLength type values viewBox width x x1 x2 xChannelSelector y y1 y2 yChannelSelector z side"
    " clipPathUnits filterRes hatchContentUnits hatchUnits pitch"
)
_MOVEMENT: Final = _names(
    "accumulate additive attributeName attributeType begin by calcMode dur end fill from keyPoints keySplines keyTimes max"
    " min origin repeatCount repeatDur restart to"
)
_FONTS: Final = _names(
    "accent-height alphabetic arabic-form ascent bbox cap-height descent g1 g2 glyph-name hanging horiz-adv-x horiz-origin-x"
    " horiz-origin-y ideographic k lang mathematical name orientation overline-position overline-thickness panose-1 slope"
    " stemh stemv strikethrough-position strikethrough-thickness string u1 u2 underline-position underline-thickness"
    " unicode unicode-range units-per-em v-alphabetic v-hanging v-ideographic v-mathematical vert-adv-y vert-origin-x"
    " vert-origin-y widths x-height"
)
_OTHER: Final = _names(
    "class id style tabindex role media focusable version baseProfile zoomAndPan contentStyleType"
    " requiredExtensions requiredFeatures systemLanguage viewTarget href src contentScriptType externalResourcesRequired"
)
_DRAWING_PROGRAMS: Final = _names(
    # iconfont, unDraw, Sketch, draw.io, Highcharts, ECharts, SVGator
    "p-id t artist source line-spacing content host zIndex ecmeta_series_index ecmeta_data_index ecmeta_ssr_type"
    " project-id export-id cached"
)
"""Attributes of drawing programs that mean nothing to browsers."""
ATTRIBUTES: Final = _PRESENTATION | _GEOMETRY | _MOVEMENT | _FONTS | _OTHER | _DRAWING_PROGRAMS
"""Attributes without a namespace. Beside them, those with a hyphen are allowed that begin with ``data-`` or ``aria-``."""
UNPARSED: Final = (
    _FONTS
    | _DRAWING_PROGRAMS
    | _names("class id role systemLanguage requiredExtensions requiredFeatures viewTarget")
)
"""Attributes in which browsers look for no CSS."""
ANIMATED: Final = (_PRESENTATION | _GEOMETRY) - {"type"}
"""What an animation may change: never an address, a style sheet or what runs at an event."""
XLINK_ATTRIBUTES: Final = frozenset({"href", "title", "type", "show", "actuate", "role", "arcrole"})
XML_ATTRIBUTES: Final = frozenset({"space", "lang", "id"})
"""Not ``base``, which turns references within the picture into addresses."""

FUNCTIONS: Final = _names(
    # colours
    "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix device-cmyk icc-color light-dark"
    # numbers
    " calc min max clamp var env attr round abs sign mod rem sin cos tan pow sqrt hypot"
    # movement and place
    " matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d rotate"
    " rotatex rotatey rotatez rotate3d skew skewx skewy perspective cubic-bezier steps linear"
    # shapes and filters
    " inset circle ellipse polygon path rect xywh blur brightness contrast drop-shadow grayscale hue-rotate invert opacity"
    " saturate sepia linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient"
    # selectors and conditions
    " not is where has nth-child nth-of-type nth-last-child nth-last-of-type lang dir selector format local tech"
    # when a movement begins, as in `begin="accessKey(a)"`
    " repeat accesskey"
)
"""Functions that CSS and attributes may use, in lower case. ``url()`` is looked at by itself."""
RULES: Final = _names(
    "charset color-profile container counter-style font-face font-feature-values keyframes -webkit-keyframes -moz-keyframes"
    " -o-keyframes layer media -ms-viewport namespace page property scope supports"
)
"""At-rules of CSS that load nothing by themselves, in lower case."""

PICTURES: Final = r"data:image/(?:png|jpe?g|pjpeg|gif|webp|avif|bmp)[;,]"
"""How the address of a picture of dots begins that is itself the picture, as a regular expression."""
FONTS: Final = r"data:(?:font/|application/(?:x-)?font-|application/vnd\.ms-fontobject|application/octet-stream)[\w.\-]*[;,]"
"""How the address of a font begins that is itself the font."""
ENCODINGS: Final = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "windows-1252"})
"""Encodings that this program and every browser read in the same way."""
DOCTYPES: Final = ("-//W3C//DTD SVG ",)
"""How the public names of document types begin that browsers know and never load."""
INSTRUCTIONS: Final = frozenset({"xpacket", "adobe-xap-filters", "plantuml", "plantuml-src"})
"""Processing instructions with metadata. Others load style sheets."""
