"""Addresses of the advertiser's way: brief, materials, references, script, storyboard, ads."""

from __future__ import annotations

from django.urls import path

from creative.views import batches, briefs, live, materials, media, references, scripts, storyboards

app_name = "creative"

urlpatterns = [
    path("live", live.live, name="live"),
    path("briefs/", briefs.briefs, name="briefs"),
    path("briefs/new", briefs.new_brief, name="new_brief"),
    path("briefs/from-need", briefs.from_need, name="from_need"),
    path("briefs/import", briefs.import_yaml, name="import_yaml"),
    path("briefs/fact-row", briefs.fact_row, name="fact_row"),
    path("briefs/<uuid:brief_id>/", briefs.brief, name="brief"),
    path("briefs/<uuid:brief_id>/brief.yaml", briefs.export_yaml, name="export_yaml"),
    path("briefs/<uuid:brief_id>/references", references.row, name="row"),
    path("briefs/<uuid:brief_id>/references/<uuid:reference_id>/pick", references.pick, name="pick"),
    path("briefs/<uuid:brief_id>/use-structure", references.use_structure, name="use_structure"),
    path("briefs/<uuid:brief_id>/script", scripts.brief_script, name="brief_script"),
    path("briefs/<uuid:brief_id>/script/<uuid:script_id>", scripts.script, name="script"),
    path("briefs/<uuid:brief_id>/script/<uuid:script_id>/write", scripts.write, name="write_script"),
    path("briefs/lines/<int:line_id>", scripts.line, name="line"),
    path("briefs/lines/<int:line_id>/edit", scripts.edit, name="edit_line"),
    path("briefs/lines/<int:line_id>/check", scripts.check, name="check_line"),
    path("briefs/lines/<int:line_id>/undo", scripts.undo, name="undo_line"),
    path("briefs/<uuid:brief_id>/storyboard", storyboards.board, name="storyboard"),
    path("briefs/<uuid:brief_id>/storyboard/make", storyboards.make, name="make_storyboard"),
    path("briefs/drafts/<uuid:ad_id>/slots/<int:slot>/swap", storyboards.swap, name="swap_clip"),
    path("briefs/drafts/<uuid:ad_id>/slots/<int:slot>/say", storyboards.say, name="say_line"),
    path("briefs/drafts/<uuid:ad_id>/undo", storyboards.undo, name="undo_change"),
    path("briefs/<uuid:brief_id>/order", storyboards.order, name="order_ads"),
    path("materials/", materials.materials, name="materials"),
    path("materials/upload", materials.upload, name="upload"),
    path("materials/<uuid:material_id>/rights", materials.material_rights, name="material_rights"),
    path("materials/<uuid:material_id>/remove", materials.remove, name="remove_material"),
    path("materials/<uuid:material_id>/video", media.material_video, name="material_video"),
    path("materials/shots/<uuid:shot_id>", materials.shot, name="shot"),
    path("materials/shots/<uuid:shot_id>/edit", materials.edit_shot, name="edit_shot"),
    path("materials/shots/<uuid:shot_id>/picture", media.shot_picture, name="shot_picture"),
    path("references/", references.references, name="references"),
    path("references/import", references.import_reference, name="import_reference"),
    path("references/<uuid:reference_id>/", references.reference, name="reference"),
    path("references/<uuid:reference_id>/remove", references.remove, name="remove_reference"),
    path("references/<uuid:reference_id>/video", media.reference_video, name="reference_video"),
    path("references/<uuid:reference_id>/poster", media.reference_poster, name="reference_poster"),
    path("batches/", batches.batches, name="batches"),
    path("batches/<uuid:batch_id>/", batches.batch, name="batch"),
    path("batches/<uuid:batch_id>/cancel", batches.cancel, name="cancel_batch"),
    path("batches/<uuid:batch_id>/ads.zip", batches.batch_zip, name="batch_zip"),
    path("batches/<uuid:batch_id>/lineage.csv", batches.batch_lineage, name="batch_lineage"),
    path("ads/<uuid:ad_id>/", batches.ad, name="ad"),
    path("ads/<uuid:ad_id>/storyboard", storyboards.board_of_ad, name="storyboard_of"),
    path("ads/<uuid:ad_id>/retry", batches.retry, name="retry_ad"),
    path("ads/<uuid:ad_id>/ad.mp4", media.ad_video, name="ad_video"),
    path("ads/<uuid:ad_id>/poster", media.ad_poster, name="ad_poster"),
    path("ads/<uuid:ad_id>/ad.srt", batches.ad_srt, name="ad_srt"),
    path("ads/<uuid:ad_id>/ad.zip", batches.ad_zip, name="ad_zip"),
]
