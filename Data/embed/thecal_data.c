// Written by make_manifest.py. Touching a data file rebuilds this one: #embed is a dependency.
#include "thecal_data.h"

static const unsigned char file_0[] = {
#embed "../drugs/baclofen.json"
};
static const unsigned char file_1[] = {
#embed "../drugs/bupivacaine.json"
};
static const unsigned char file_2[] = {
#embed "../drugs/buprenorphine.json"
};
static const unsigned char file_3[] = {
#embed "../drugs/butorphanol.json"
};
static const unsigned char file_4[] = {
#embed "../drugs/clonidine.json"
};
static const unsigned char file_5[] = {
#embed "../drugs/codeine.json"
};
static const unsigned char file_6[] = {
#embed "../drugs/dihydrocodeine.json"
};
static const unsigned char file_7[] = {
#embed "../drugs/fentanyl.json"
};
static const unsigned char file_8[] = {
#embed "../drugs/hydrocodone.json"
};
static const unsigned char file_9[] = {
#embed "../drugs/hydromorphone.json"
};
static const unsigned char file_10[] = {
#embed "../drugs/levorphanol.json"
};
static const unsigned char file_11[] = {
#embed "../drugs/meperidine.json"
};
static const unsigned char file_12[] = {
#embed "../drugs/methadone.json"
};
static const unsigned char file_13[] = {
#embed "../drugs/morphine.json"
};
static const unsigned char file_14[] = {
#embed "../drugs/oxycodone.json"
};
static const unsigned char file_15[] = {
#embed "../drugs/oxymorphone.json"
};
static const unsigned char file_16[] = {
#embed "../drugs/pentazocine.json"
};
static const unsigned char file_17[] = {
#embed "../drugs/ropivacaine.json"
};
static const unsigned char file_18[] = {
#embed "../drugs/sufentanil.json"
};
static const unsigned char file_19[] = {
#embed "../drugs/tapentadol.json"
};
static const unsigned char file_20[] = {
#embed "../drugs/tramadol.json"
};
static const unsigned char file_21[] = {
#embed "../drugs/ziconotide.json"
};
static const unsigned char file_22[] = {
#embed "../references.bib"
};
static const unsigned char file_23[] = {
#embed "../references.json"
};
static const unsigned char file_24[] = {
#embed "../rules/accuracy_of_mixtures.json"
};
static const unsigned char file_25[] = {
#embed "../rules/cross_tolerance.json"
};
static const unsigned char file_26[] = {
#embed "../rules/discrepancy.json"
};
static const unsigned char file_27[] = {
#embed "../rules/interruption.json"
};
static const unsigned char file_28[] = {
#embed "../rules/never_intrathecal.json"
};
static const unsigned char file_29[] = {
#embed "../rules/opioid_tolerance.json"
};
static const unsigned char file_30[] = {
#embed "../rules/oral_weaning.json"
};
static const unsigned char file_31[] = {
#embed "../rules/patient_bolus.json"
};
static const unsigned char file_32[] = {
#embed "../rules/patient_flags.json"
};
static const unsigned char file_33[] = {
#embed "../rules/pocket_fill.json"
};
static const unsigned char file_34[] = {
#embed "../rules/risk_reduction.json"
};
static const unsigned char file_35[] = {
#embed "../rules/weaning.json"
};
static const unsigned char file_36[] = {
#embed "../rules/withdrawal.json"
};
static const unsigned char file_37[] = {
#embed "../tables/intrathecal-ratios.json"
};
static const unsigned char file_38[] = {
#embed "../tables/oral-equivalents/anzca_fpm_2021.json"
};
static const unsigned char file_39[] = {
#embed "../tables/oral-equivalents/cdc_2014_cms.json"
};
static const unsigned char file_40[] = {
#embed "../tables/oral-equivalents/cdc_2017.json"
};
static const unsigned char file_41[] = {
#embed "../tables/oral-equivalents/cdc_2022.json"
};
static const unsigned char file_42[] = {
#embed "../tables/oral-equivalents/uk_2025.json"
};
static const unsigned char file_43[] = {
#embed "../tables/oral-equivalents/vonkorff_2008.json"
};
static const unsigned char file_44[] = {
#embed "../tables/ratios/huntsman_2021.json"
};
static const unsigned char file_45[] = {
#embed "../tables/ratios/japan_2023.json"
};
static const unsigned char file_46[] = {
#embed "../tables/ratios/krames_1996.json"
};
static const unsigned char file_47[] = {
#embed "../tables/ratios/kuopio_100.json"
};
static const unsigned char file_48[] = {
#embed "../tables/ratios/label_fr.json"
};
static const unsigned char file_49[] = {
#embed "../tables/ratios/leaflet_300.json"
};
static const unsigned char file_50[] = {
#embed "../tables/ratios/mascc_100.json"
};
static const unsigned char file_51[] = {
#embed "../tables/ratios/mascc_300.json"
};
static const unsigned char file_52[] = {
#embed "../tables/ratios/sylvester_2004.json"
};
static const unsigned char file_53[] = {
#embed "../manifest.json"
};

static const thecal_data_file files[] = {
    {"drugs/baclofen.json", file_0, sizeof file_0},
    {"drugs/bupivacaine.json", file_1, sizeof file_1},
    {"drugs/buprenorphine.json", file_2, sizeof file_2},
    {"drugs/butorphanol.json", file_3, sizeof file_3},
    {"drugs/clonidine.json", file_4, sizeof file_4},
    {"drugs/codeine.json", file_5, sizeof file_5},
    {"drugs/dihydrocodeine.json", file_6, sizeof file_6},
    {"drugs/fentanyl.json", file_7, sizeof file_7},
    {"drugs/hydrocodone.json", file_8, sizeof file_8},
    {"drugs/hydromorphone.json", file_9, sizeof file_9},
    {"drugs/levorphanol.json", file_10, sizeof file_10},
    {"drugs/meperidine.json", file_11, sizeof file_11},
    {"drugs/methadone.json", file_12, sizeof file_12},
    {"drugs/morphine.json", file_13, sizeof file_13},
    {"drugs/oxycodone.json", file_14, sizeof file_14},
    {"drugs/oxymorphone.json", file_15, sizeof file_15},
    {"drugs/pentazocine.json", file_16, sizeof file_16},
    {"drugs/ropivacaine.json", file_17, sizeof file_17},
    {"drugs/sufentanil.json", file_18, sizeof file_18},
    {"drugs/tapentadol.json", file_19, sizeof file_19},
    {"drugs/tramadol.json", file_20, sizeof file_20},
    {"drugs/ziconotide.json", file_21, sizeof file_21},
    {"references.bib", file_22, sizeof file_22},
    {"references.json", file_23, sizeof file_23},
    {"rules/accuracy_of_mixtures.json", file_24, sizeof file_24},
    {"rules/cross_tolerance.json", file_25, sizeof file_25},
    {"rules/discrepancy.json", file_26, sizeof file_26},
    {"rules/interruption.json", file_27, sizeof file_27},
    {"rules/never_intrathecal.json", file_28, sizeof file_28},
    {"rules/opioid_tolerance.json", file_29, sizeof file_29},
    {"rules/oral_weaning.json", file_30, sizeof file_30},
    {"rules/patient_bolus.json", file_31, sizeof file_31},
    {"rules/patient_flags.json", file_32, sizeof file_32},
    {"rules/pocket_fill.json", file_33, sizeof file_33},
    {"rules/risk_reduction.json", file_34, sizeof file_34},
    {"rules/weaning.json", file_35, sizeof file_35},
    {"rules/withdrawal.json", file_36, sizeof file_36},
    {"tables/intrathecal-ratios.json", file_37, sizeof file_37},
    {"tables/oral-equivalents/anzca_fpm_2021.json", file_38, sizeof file_38},
    {"tables/oral-equivalents/cdc_2014_cms.json", file_39, sizeof file_39},
    {"tables/oral-equivalents/cdc_2017.json", file_40, sizeof file_40},
    {"tables/oral-equivalents/cdc_2022.json", file_41, sizeof file_41},
    {"tables/oral-equivalents/uk_2025.json", file_42, sizeof file_42},
    {"tables/oral-equivalents/vonkorff_2008.json", file_43, sizeof file_43},
    {"tables/ratios/huntsman_2021.json", file_44, sizeof file_44},
    {"tables/ratios/japan_2023.json", file_45, sizeof file_45},
    {"tables/ratios/krames_1996.json", file_46, sizeof file_46},
    {"tables/ratios/kuopio_100.json", file_47, sizeof file_47},
    {"tables/ratios/label_fr.json", file_48, sizeof file_48},
    {"tables/ratios/leaflet_300.json", file_49, sizeof file_49},
    {"tables/ratios/mascc_100.json", file_50, sizeof file_50},
    {"tables/ratios/mascc_300.json", file_51, sizeof file_51},
    {"tables/ratios/sylvester_2004.json", file_52, sizeof file_52},
    {"manifest.json", file_53, sizeof file_53},
};

size_t thecal_data_file_count(void) { return sizeof files / sizeof files[0]; }

thecal_data_file thecal_data_file_at(size_t index) { return files[index]; }
