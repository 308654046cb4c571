// Touching a file of the page rebuilds this one: #embed is a dependency.
#include "CThecalServerPage.h"

static const unsigned char markup[] = {
#embed "page/page.html"
};
static const unsigned char style[] = {
#embed "page/page.css"
};
static const unsigned char script[] = {
#embed "page/page.js"
};
static const unsigned char icon[] = {
#embed "page/icon.svg"
};
// What the page begins with: the examples of the repository.
static const unsigned char patient[] = {
#embed "../../Data/examples/patient.yaml"
};
static const unsigned char titration[] = {
#embed "../../Data/examples/titration.yaml"
};
static const unsigned char scenario[] = {
#embed "../../Data/examples/morphine-bolus.yaml"
};

static const thecal_page_file files[] = {
    {"page.html", markup, sizeof markup},
    {"page.css", style, sizeof style},
    {"page.js", script, sizeof script},
    {"icon.svg", icon, sizeof icon},
    {"examples/patient.yaml", patient, sizeof patient},
    {"examples/titration.yaml", titration, sizeof titration},
    {"examples/morphine-bolus.yaml", scenario, sizeof scenario},
};

size_t thecal_page_file_count(void) { return sizeof files / sizeof files[0]; }

thecal_page_file thecal_page_file_at(size_t index) { return files[index]; }
