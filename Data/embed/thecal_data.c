// Written by make_manifest.py. Touching a data file rebuilds this one: #embed is a dependency.
#include "thecal_data.h"

static const unsigned char file_0[] = {
#embed "../anatomy/levels.json"
};
static const unsigned char file_1[] = {
#embed "../anatomy/segments.json"
};
static const unsigned char file_2[] = {
#embed "../devices/archimedes.json"
};
static const unsigned char file_3[] = {
#embed "../devices/cadd_solis.json"
};
static const unsigned char file_4[] = {
#embed "../devices/catheters.json"
};
static const unsigned char file_5[] = {
#embed "../devices/codman_3000.json"
};
static const unsigned char file_6[] = {
#embed "../devices/isomed.json"
};
static const unsigned char file_7[] = {
#embed "../devices/medstream.json"
};
static const unsigned char file_8[] = {
#embed "../devices/prometra_1.json"
};
static const unsigned char file_9[] = {
#embed "../devices/prometra_2.json"
};
static const unsigned char file_10[] = {
#embed "../devices/synchromed_2.json"
};
static const unsigned char file_11[] = {
#embed "../devices/synchromed_3.json"
};
static const unsigned char file_12[] = {
#embed "../devices/synchromed_el.json"
};
static const unsigned char file_13[] = {
#embed "../devices/tricumed.json"
};
static const unsigned char file_14[] = {
#embed "../drugs/baclofen.json"
};
static const unsigned char file_15[] = {
#embed "../drugs/bupivacaine.json"
};
static const unsigned char file_16[] = {
#embed "../drugs/buprenorphine.json"
};
static const unsigned char file_17[] = {
#embed "../drugs/butorphanol.json"
};
static const unsigned char file_18[] = {
#embed "../drugs/clonidine.json"
};
static const unsigned char file_19[] = {
#embed "../drugs/codeine.json"
};
static const unsigned char file_20[] = {
#embed "../drugs/dihydrocodeine.json"
};
static const unsigned char file_21[] = {
#embed "../drugs/fentanyl.json"
};
static const unsigned char file_22[] = {
#embed "../drugs/hydrocodone.json"
};
static const unsigned char file_23[] = {
#embed "../drugs/hydromorphone.json"
};
static const unsigned char file_24[] = {
#embed "../drugs/levorphanol.json"
};
static const unsigned char file_25[] = {
#embed "../drugs/meperidine.json"
};
static const unsigned char file_26[] = {
#embed "../drugs/methadone.json"
};
static const unsigned char file_27[] = {
#embed "../drugs/morphine.json"
};
static const unsigned char file_28[] = {
#embed "../drugs/oxycodone.json"
};
static const unsigned char file_29[] = {
#embed "../drugs/oxymorphone.json"
};
static const unsigned char file_30[] = {
#embed "../drugs/pentazocine.json"
};
static const unsigned char file_31[] = {
#embed "../drugs/ropivacaine.json"
};
static const unsigned char file_32[] = {
#embed "../drugs/sufentanil.json"
};
static const unsigned char file_33[] = {
#embed "../drugs/tapentadol.json"
};
static const unsigned char file_34[] = {
#embed "../drugs/tramadol.json"
};
static const unsigned char file_35[] = {
#embed "../drugs/ziconotide.json"
};
static const unsigned char file_36[] = {
#embed "../incidence/baclofen.json"
};
static const unsigned char file_37[] = {
#embed "../incidence/bupivacaine.json"
};
static const unsigned char file_38[] = {
#embed "../incidence/clonidine.json"
};
static const unsigned char file_39[] = {
#embed "../incidence/event-rates.json"
};
static const unsigned char file_40[] = {
#embed "../incidence/fentanyl.json"
};
static const unsigned char file_41[] = {
#embed "../incidence/hydromorphone.json"
};
static const unsigned char file_42[] = {
#embed "../incidence/morphine.json"
};
static const unsigned char file_43[] = {
#embed "../incidence/sufentanil.json"
};
static const unsigned char file_44[] = {
#embed "../incidence/ziconotide.json"
};
static const unsigned char file_45[] = {
#embed "../kinetics/baclofen_oral_chevillard2017.json"
};
static const unsigned char file_46[] = {
#embed "../kinetics/baclofen_oral_simon2018.json"
};
static const unsigned char file_47[] = {
#embed "../kinetics/csf-uptake.json"
};
static const unsigned char file_48[] = {
#embed "../kinetics/fentanyl_transdermal_label.json"
};
static const unsigned char file_49[] = {
#embed "../kinetics/hydromorphone_oral_label.json"
};
static const unsigned char file_50[] = {
#embed "../kinetics/methadone_oral_watt2026.json"
};
static const unsigned char file_51[] = {
#embed "../kinetics/morphine_iv_olofsen2010.json"
};
static const unsigned char file_52[] = {
#embed "../kinetics/morphine_oral_er_oosten2017.json"
};
static const unsigned char file_53[] = {
#embed "../kinetics/morphine_oral_ir_oosten2017.json"
};
static const unsigned char file_54[] = {
#embed "../kinetics/morphine_sc_oosten2017.json"
};
static const unsigned char file_55[] = {
#embed "../kinetics/oxycodone_oral_franke2015.json"
};
static const unsigned char file_56[] = {
#embed "../kinetics/ziconotide_iv_label.json"
};
static const unsigned char file_57[] = {
#embed "../products/beside.json"
};
static const unsigned char file_58[] = {
#embed "../products/brands.json"
};
static const unsigned char file_59[] = {
#embed "../products/default-routes.json"
};
static const unsigned char file_60[] = {
#embed "../products/forms.json"
};
static const unsigned char file_61[] = {
#embed "../products/headers.json"
};
static const unsigned char file_62[] = {
#embed "../products/indications.json"
};
static const unsigned char file_63[] = {
#embed "../products/ingredients.json"
};
static const unsigned char file_64[] = {
#embed "../products/product-words.json"
};
static const unsigned char file_65[] = {
#embed "../products/refill-headers.json"
};
static const unsigned char file_66[] = {
#embed "../products/sig-words.json"
};
static const unsigned char file_67[] = {
#embed "../products/synonyms.json"
};
static const unsigned char file_68[] = {
#embed "../products/tall-man.json"
};
static const unsigned char file_69[] = {
#embed "../protocols/candidate.json"
};
static const unsigned char file_70[] = {
#embed "../protocols/diary.json"
};
static const unsigned char file_71[] = {
#embed "../protocols/titration.json"
};
static const unsigned char file_72[] = {
#embed "../protocols/trials.json"
};
static const unsigned char file_73[] = {
#embed "../references.bib"
};
static const unsigned char file_74[] = {
#embed "../references.json"
};
static const unsigned char file_75[] = {
#embed "../response/effects.json"
};
static const unsigned char file_76[] = {
#embed "../response/fits.json"
};
static const unsigned char file_77[] = {
#embed "../response/harms.json"
};
static const unsigned char file_78[] = {
#embed "../rules/accuracy_of_mixtures.json"
};
static const unsigned char file_79[] = {
#embed "../rules/cross_tolerance.json"
};
static const unsigned char file_80[] = {
#embed "../rules/discrepancy.json"
};
static const unsigned char file_81[] = {
#embed "../rules/never_intrathecal.json"
};
static const unsigned char file_82[] = {
#embed "../rules/opioid_tolerance.json"
};
static const unsigned char file_83[] = {
#embed "../rules/oral_weaning.json"
};
static const unsigned char file_84[] = {
#embed "../rules/patient_bolus.json"
};
static const unsigned char file_85[] = {
#embed "../rules/patient_flags.json"
};
static const unsigned char file_86[] = {
#embed "../rules/pocket_fill.json"
};
static const unsigned char file_87[] = {
#embed "../rules/pump_hazards.json"
};
static const unsigned char file_88[] = {
#embed "../rules/pump_sizes.json"
};
static const unsigned char file_89[] = {
#embed "../rules/refill.json"
};
static const unsigned char file_90[] = {
#embed "../rules/restart.json"
};
static const unsigned char file_91[] = {
#embed "../rules/risk_reduction.json"
};
static const unsigned char file_92[] = {
#embed "../rules/stopping.json"
};
static const unsigned char file_93[] = {
#embed "../stability/acidity.json"
};
static const unsigned char file_94[] = {
#embed "../stability/baricity.json"
};
static const unsigned char file_95[] = {
#embed "../stability/in-glass-and-syringe.json"
};
static const unsigned char file_96[] = {
#embed "../stability/in-pump.json"
};
static const unsigned char file_97[] = {
#embed "../tables/intrathecal-ratios.json"
};
static const unsigned char file_98[] = {
#embed "../tables/oral-equivalents/anzca_fpm_2021.json"
};
static const unsigned char file_99[] = {
#embed "../tables/oral-equivalents/cdc_2014_cms.json"
};
static const unsigned char file_100[] = {
#embed "../tables/oral-equivalents/cdc_2017.json"
};
static const unsigned char file_101[] = {
#embed "../tables/oral-equivalents/cdc_2022.json"
};
static const unsigned char file_102[] = {
#embed "../tables/oral-equivalents/uk_2025.json"
};
static const unsigned char file_103[] = {
#embed "../tables/oral-equivalents/vonkorff_2008.json"
};
static const unsigned char file_104[] = {
#embed "../tables/ratios/huntsman_2021.json"
};
static const unsigned char file_105[] = {
#embed "../tables/ratios/japan_2023.json"
};
static const unsigned char file_106[] = {
#embed "../tables/ratios/krames_1996.json"
};
static const unsigned char file_107[] = {
#embed "../tables/ratios/kuopio_100.json"
};
static const unsigned char file_108[] = {
#embed "../tables/ratios/label_fr.json"
};
static const unsigned char file_109[] = {
#embed "../tables/ratios/leaflet_300.json"
};
static const unsigned char file_110[] = {
#embed "../tables/ratios/mascc_100.json"
};
static const unsigned char file_111[] = {
#embed "../tables/ratios/mascc_300.json"
};
static const unsigned char file_112[] = {
#embed "../tables/ratios/sylvester_2004.json"
};
static const unsigned char file_113[] = {
#embed "../transport/parameters.json"
};
static const unsigned char file_114[] = {
#embed "../manifest.json"
};

static const thecal_data_file files[] = {
    {"anatomy/levels.json", file_0, sizeof file_0},
    {"anatomy/segments.json", file_1, sizeof file_1},
    {"devices/archimedes.json", file_2, sizeof file_2},
    {"devices/cadd_solis.json", file_3, sizeof file_3},
    {"devices/catheters.json", file_4, sizeof file_4},
    {"devices/codman_3000.json", file_5, sizeof file_5},
    {"devices/isomed.json", file_6, sizeof file_6},
    {"devices/medstream.json", file_7, sizeof file_7},
    {"devices/prometra_1.json", file_8, sizeof file_8},
    {"devices/prometra_2.json", file_9, sizeof file_9},
    {"devices/synchromed_2.json", file_10, sizeof file_10},
    {"devices/synchromed_3.json", file_11, sizeof file_11},
    {"devices/synchromed_el.json", file_12, sizeof file_12},
    {"devices/tricumed.json", file_13, sizeof file_13},
    {"drugs/baclofen.json", file_14, sizeof file_14},
    {"drugs/bupivacaine.json", file_15, sizeof file_15},
    {"drugs/buprenorphine.json", file_16, sizeof file_16},
    {"drugs/butorphanol.json", file_17, sizeof file_17},
    {"drugs/clonidine.json", file_18, sizeof file_18},
    {"drugs/codeine.json", file_19, sizeof file_19},
    {"drugs/dihydrocodeine.json", file_20, sizeof file_20},
    {"drugs/fentanyl.json", file_21, sizeof file_21},
    {"drugs/hydrocodone.json", file_22, sizeof file_22},
    {"drugs/hydromorphone.json", file_23, sizeof file_23},
    {"drugs/levorphanol.json", file_24, sizeof file_24},
    {"drugs/meperidine.json", file_25, sizeof file_25},
    {"drugs/methadone.json", file_26, sizeof file_26},
    {"drugs/morphine.json", file_27, sizeof file_27},
    {"drugs/oxycodone.json", file_28, sizeof file_28},
    {"drugs/oxymorphone.json", file_29, sizeof file_29},
    {"drugs/pentazocine.json", file_30, sizeof file_30},
    {"drugs/ropivacaine.json", file_31, sizeof file_31},
    {"drugs/sufentanil.json", file_32, sizeof file_32},
    {"drugs/tapentadol.json", file_33, sizeof file_33},
    {"drugs/tramadol.json", file_34, sizeof file_34},
    {"drugs/ziconotide.json", file_35, sizeof file_35},
    {"incidence/baclofen.json", file_36, sizeof file_36},
    {"incidence/bupivacaine.json", file_37, sizeof file_37},
    {"incidence/clonidine.json", file_38, sizeof file_38},
    {"incidence/event-rates.json", file_39, sizeof file_39},
    {"incidence/fentanyl.json", file_40, sizeof file_40},
    {"incidence/hydromorphone.json", file_41, sizeof file_41},
    {"incidence/morphine.json", file_42, sizeof file_42},
    {"incidence/sufentanil.json", file_43, sizeof file_43},
    {"incidence/ziconotide.json", file_44, sizeof file_44},
    {"kinetics/baclofen_oral_chevillard2017.json", file_45, sizeof file_45},
    {"kinetics/baclofen_oral_simon2018.json", file_46, sizeof file_46},
    {"kinetics/csf-uptake.json", file_47, sizeof file_47},
    {"kinetics/fentanyl_transdermal_label.json", file_48, sizeof file_48},
    {"kinetics/hydromorphone_oral_label.json", file_49, sizeof file_49},
    {"kinetics/methadone_oral_watt2026.json", file_50, sizeof file_50},
    {"kinetics/morphine_iv_olofsen2010.json", file_51, sizeof file_51},
    {"kinetics/morphine_oral_er_oosten2017.json", file_52, sizeof file_52},
    {"kinetics/morphine_oral_ir_oosten2017.json", file_53, sizeof file_53},
    {"kinetics/morphine_sc_oosten2017.json", file_54, sizeof file_54},
    {"kinetics/oxycodone_oral_franke2015.json", file_55, sizeof file_55},
    {"kinetics/ziconotide_iv_label.json", file_56, sizeof file_56},
    {"products/beside.json", file_57, sizeof file_57},
    {"products/brands.json", file_58, sizeof file_58},
    {"products/default-routes.json", file_59, sizeof file_59},
    {"products/forms.json", file_60, sizeof file_60},
    {"products/headers.json", file_61, sizeof file_61},
    {"products/indications.json", file_62, sizeof file_62},
    {"products/ingredients.json", file_63, sizeof file_63},
    {"products/product-words.json", file_64, sizeof file_64},
    {"products/refill-headers.json", file_65, sizeof file_65},
    {"products/sig-words.json", file_66, sizeof file_66},
    {"products/synonyms.json", file_67, sizeof file_67},
    {"products/tall-man.json", file_68, sizeof file_68},
    {"protocols/candidate.json", file_69, sizeof file_69},
    {"protocols/diary.json", file_70, sizeof file_70},
    {"protocols/titration.json", file_71, sizeof file_71},
    {"protocols/trials.json", file_72, sizeof file_72},
    {"references.bib", file_73, sizeof file_73},
    {"references.json", file_74, sizeof file_74},
    {"response/effects.json", file_75, sizeof file_75},
    {"response/fits.json", file_76, sizeof file_76},
    {"response/harms.json", file_77, sizeof file_77},
    {"rules/accuracy_of_mixtures.json", file_78, sizeof file_78},
    {"rules/cross_tolerance.json", file_79, sizeof file_79},
    {"rules/discrepancy.json", file_80, sizeof file_80},
    {"rules/never_intrathecal.json", file_81, sizeof file_81},
    {"rules/opioid_tolerance.json", file_82, sizeof file_82},
    {"rules/oral_weaning.json", file_83, sizeof file_83},
    {"rules/patient_bolus.json", file_84, sizeof file_84},
    {"rules/patient_flags.json", file_85, sizeof file_85},
    {"rules/pocket_fill.json", file_86, sizeof file_86},
    {"rules/pump_hazards.json", file_87, sizeof file_87},
    {"rules/pump_sizes.json", file_88, sizeof file_88},
    {"rules/refill.json", file_89, sizeof file_89},
    {"rules/restart.json", file_90, sizeof file_90},
    {"rules/risk_reduction.json", file_91, sizeof file_91},
    {"rules/stopping.json", file_92, sizeof file_92},
    {"stability/acidity.json", file_93, sizeof file_93},
    {"stability/baricity.json", file_94, sizeof file_94},
    {"stability/in-glass-and-syringe.json", file_95, sizeof file_95},
    {"stability/in-pump.json", file_96, sizeof file_96},
    {"tables/intrathecal-ratios.json", file_97, sizeof file_97},
    {"tables/oral-equivalents/anzca_fpm_2021.json", file_98, sizeof file_98},
    {"tables/oral-equivalents/cdc_2014_cms.json", file_99, sizeof file_99},
    {"tables/oral-equivalents/cdc_2017.json", file_100, sizeof file_100},
    {"tables/oral-equivalents/cdc_2022.json", file_101, sizeof file_101},
    {"tables/oral-equivalents/uk_2025.json", file_102, sizeof file_102},
    {"tables/oral-equivalents/vonkorff_2008.json", file_103, sizeof file_103},
    {"tables/ratios/huntsman_2021.json", file_104, sizeof file_104},
    {"tables/ratios/japan_2023.json", file_105, sizeof file_105},
    {"tables/ratios/krames_1996.json", file_106, sizeof file_106},
    {"tables/ratios/kuopio_100.json", file_107, sizeof file_107},
    {"tables/ratios/label_fr.json", file_108, sizeof file_108},
    {"tables/ratios/leaflet_300.json", file_109, sizeof file_109},
    {"tables/ratios/mascc_100.json", file_110, sizeof file_110},
    {"tables/ratios/mascc_300.json", file_111, sizeof file_111},
    {"tables/ratios/sylvester_2004.json", file_112, sizeof file_112},
    {"transport/parameters.json", file_113, sizeof file_113},
    {"manifest.json", file_114, sizeof file_114},
};

size_t thecal_data_file_count(void) { return sizeof files / sizeof files[0]; }

thecal_data_file thecal_data_file_at(size_t index) { return files[index]; }
